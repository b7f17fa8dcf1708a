import { spawnSync } from 'node:child_process';
import { constants, existsSync, mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../support/eventually.ts';
import { surroundings } from '../support/given-up-rights.ts';
import { needs, processor, program, root } from '../support/needs.ts';
import { packageWithNode } from '../support/package-with-node.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { Terminal } from '../support/terminal.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { unlessFails } from '../../src/device/system-error.ts';

const checkout = join(import.meta.dirname, '../..');
const programs = join(checkout, 'dist/bin');
const page = readFileSync(join(checkout, 'docs/security.md'), 'utf8').split('## What the programs inherit')[1] ?? '';
const starters = "the starter's";

/** The rows of the page's table whose head begins with a cell. */
function tableOf(head: string): readonly (readonly string[])[] {
  const lines = page.split('\n');
  const from = lines.findIndex((line) => line.startsWith(`| ${head}`.replace(/ $/, '')));
  const rows = lines.slice(from + 2);
  const cells = rows.slice(
    0,
    rows.findIndex((line) => line === ''),
  );
  return cells.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

const variables = tableOf('variable').flatMap(([names = '']) => names.replaceAll('`', '').split(', '));

function isNamed(name: string): boolean {
  return variables.some((each) => (each.endsWith('*') ? name.startsWith(each.slice(0, -1)) : name === each));
}

/** What stands for the starter: this test, but for what the shell that starts it has. */
interface Starter {
  readonly terminal: string;
  readonly folder: string;
  readonly secret: string;
}

function same(pid: number, path: string): string {
  return readlinkSync(`/proc/${pid}/${path}`) === readlinkSync(`/proc/self/${path}`) ? starters : 'another';
}

function descriptor(pid: number, fd: number, { terminal }: Starter): string {
  const target = readlinkSync(`/proc/${pid}/fd/${fd}`);
  if (target !== terminal) return target;
  const [, flags = ''] = /flags:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8')) ?? [];
  const access = Number.parseInt(flags, 8) & (constants.O_WRONLY | constants.O_RDWR);
  return access === constants.O_WRONLY ? `${starters}, write-only` : starters;
}

function otherDescriptors(pid: number, { terminal, secret }: Starter): string {
  const others = readdirSync(`/proc/${pid}/fd`).filter((fd) => Number(fd) > 2);
  // One may be closed while they are looked at.
  const targets = others.map((fd) => unlessFails(() => readlinkSync(`/proc/${pid}/fd/${fd}`), 'ENOENT'));
  return targets.some((target) => target === terminal || target === secret) ? starters : 'none';
}

/** Of /proc/PID/status. */
function field(pid: number, name: string): string {
  const [, value = ''] = new RegExp(`^${name}:(.*)$`, 'm').exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return value.trim();
}

/** With the group of the process among its groups, whether or not it stands there. */
function usersOf(pid: number): string {
  const [uids, gids, groups] = ['Uid', 'Gid', 'Groups'].map((name) => field(pid, name).split(/\s+/));
  return [uids, [...new Set([...(gids ?? []), ...(groups ?? [])])].filter(Boolean).sort()].join(' ');
}

/** As the page's table has it, keyring apart. */
function inheritedBy(pid: number, starter: Starter): Readonly<Record<string, string>> {
  const as = (fields: readonly string[], otherwise: string): string =>
    fields.every((name) => field(pid, name) === field(process.pid, name)) ? starters : otherwise;
  const names = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean);
  const unnamed = names.map((each) => each.split('=')[0] ?? '').filter((name) => !isNamed(name));
  const isWithoutCapabilities = ['CapInh', 'CapPrm', 'CapEff', 'CapAmb'].every((set) => /^0+$/.test(field(pid, set)));
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '');
  const namespaces = readdirSync('/proc/self/ns').map((name) => same(pid, `ns/${name}`));
  return {
    'user and groups': usersOf(pid) === usersOf(process.pid) ? starters : 'its own',
    capabilities: as(['CapEff', 'CapPrm'], isWithoutCapabilities ? 'none' : 'others'),
    'new privileges, by a set-user-ID program': field(pid, 'NoNewPrivs') === '1' ? 'none' : starters,
    environment: unnamed.length === 0 ? 'the variables below' : unnamed.join(', '),
    'standard input': descriptor(pid, 0, starter),
    'standard output': descriptor(pid, 1, starter),
    'standard error': descriptor(pid, 2, starter),
    'other descriptors': otherDescriptors(pid, starter),
    'controlling terminal': stat.split(' ')[4] === '0' ? 'none' : starters,
    'working directory': { '/': '/', [starter.folder]: starters }[readlinkSync(`/proc/${pid}/cwd`)] ?? 'another',
    namespaces: namespaces.every((each) => each === starters) ? starters : 'others',
    umask: as(['Umask'], 'another'),
  };
}

/** A program as root starts it from a shell at a terminal, with more than it is to have. */
async function started(words: string): Promise<{ readonly pid: number; readonly starter: Starter }> {
  const folder = temporaryFolder();
  const secret = join(folder, 'secret');
  writeFileSync(secret, '');
  const script = `cd ${folder}; exec 6<${secret} 7<&0; tty; ${words} <&7 & echo "pid $!."; wait`;
  const terminal = new Terminal(['sh', '-c', script], {
    NODE_OPTIONS: '--no-warnings',
    SECRET: 'root',
    LISTEN_FDS: '38',
  });
  await terminal.shows('.\n');
  const [, name = '', digits = ''] = /(\/dev\/\S+)\n[^]*pid (\d+)\./.exec(terminal.shown) ?? [];
  const pid = Number(digits);
  onTestFinished(async () => {
    process.kill(pid);
    await eventually(() => !existsSync(`/proc/${pid}`));
  });
  return { pid, starter: { terminal: name, folder, secret } };
}

/** Once it is Node. */
async function runs(pid: number): Promise<void> {
  await eventually(() => readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('--openssl-config'));
}

function childOf(pid: number, name: string): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
  return children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(name)) ?? 0;
}

/** A column of the table, keyring apart, which /proc does not tell. */
function column(index: number): Readonly<Record<string, string>> {
  const rows = tableOf('').filter(([name = '']) => !name.startsWith('session keyring'));
  return Object.fromEntries(rows.map((cells) => [cells[0] ?? '', cells[index] ?? '']));
}

describe('what a program inherits', () => {
  it('is what docs/security.md says (daemon, helper)', async () => {
    needs(root);
    const { folder, words } = surroundings();
    const simulator = startSimulator({ system: 'linux', path: join(folder, 'device') });
    try {
      const { pid, starter } = await started(`'${programs}/hv_kvp_daemon' -n ${words.join(' ')}`);
      await simulator.host.negotiate();
      await simulator.daemonConnected();
      expect(inheritedBy(pid, starter)).toEqual(column(1));
      const helper = childOf(pid, 'hyperv-kvp-helper');
      // It resolves the paths of its command line before it leaves the starter's folder.
      await eventually(() => readlinkSync(`/proc/${helper}/cwd`) === '/');
      expect(inheritedBy(helper, starter)).toEqual(column(2));
    } finally {
      simulator.close();
    }
  });

  it('is what docs/security.md says (hvkvp)', async () => {
    const pools = temporaryFolder();
    mkdirSync(join(pools, '.hyperv-kvp'));
    const { pid, starter } = await started(`'${programs}/hvkvp' watch --pool-dir ${pools}`);
    await runs(pid);
    expect(inheritedBy(pid, starter)).toEqual(column(3));
  });

  it('is what docs/security.md says of the session keyring', () => {
    needs(processor('x64'), program('perl'));
    const keyring = `perl -e 'print syscall(250, 0, -3, 0), "\\n"'`;
    const folder = packageWithNode(keyring);
    const rows = tableOf('').find(([name = '']) => name.startsWith('session keyring')) ?? [];
    for (const [index, name] of ['hv_kvp_daemon', 'hyperv-kvp-helper', 'hvkvp'].entries()) {
      const script = `${keyring}; ${join(folder, 'dist/bin', name)}`;
      const [own, its] = spawnSync('sh', ['-c', script], { encoding: 'utf8' }).stdout.split('\n');
      expect(own === its ? starters : 'a new one', name).toBe(rows[index + 1]);
    }
  });
});

it('the variables that the launcher lets through are those of docs/security.md', () => {
  const source = readFileSync(join(checkout, 'native/launcher.cc'), 'utf8');
  const [, list = ''] = /constexpr std::array kVariables = \{([^}]*)\}/.exec(source) ?? [];
  const names = [...list.matchAll(/"(\w+)"/g)].map(([, name = '']) => name.replace(/_$/, '_*'));
  const set = ['UV_USE_IO_URING', 'HV_KVP_DAEMON_BACKGROUND', 'HYPERV_KVP_HELPER'];
  expect([...variables].sort()).toEqual([...names, ...set].sort());
});

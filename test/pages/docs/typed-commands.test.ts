import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { setTimeout } from 'node:timers/promises';
import type { Command } from 'commander';
import { describe, expect, it, onTestFinished } from 'vitest';
import { examples } from '../../../src/hvkvp/examples.ts';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { hvkvpProgram } from '../../support/hvkvp.ts';
import { poolFile } from '../../support/served-host.ts';
import { needs, plainPath, root as asRoot } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';
import { record } from '../../unit/pools/support/open-pool.ts';
import { commandsIn, root, shownLines } from './shown-commands.ts';

const daemonProgram = join(root, 'dist/bin/hv_kvp_daemon.js');
const ours = ['hvkvp', 'hv_kvp_daemon'];
const lines = [
  ...shownLines.map(({ line }) => line),
  ...Object.values(examples).flatMap((each) => each.map(([line]) => line)),
];
const typed = [...new Set(lines.map((line) => line.replace(/\s+#.*/, '')))].filter((line) =>
  commandsIn(line).some(([program = '']) => ours.includes(program)),
);

/** Those that end otherwise than with status 0 and without a word of trouble, here, and why. */
const others: readonly {
  readonly start: string;
  readonly status?: number;
  readonly stderr?: string;
  readonly why: string;
}[] = [
  { start: 'hvkvp doctor', status: 1, why: 'this is no guest of Hyper-V' },
  { start: 'hvkvp is-stale', status: 1, why: 'the pool is of this start' },
  { start: 'hvkvp ip plan', status: 1, why: 'this machine does not have the adapter; test/programs/hvkvp/ip.test.ts' },
  { start: 'hvkvp ip revert', status: 1, why: 'the host has changed nothing here; test/programs/hvkvp/ip.test.ts' },
  {
    start: "hvkvp config --socket ''",
    stderr: 'hvkvp config: no daemon answered, so this was determined here: no control socket is configured\n',
    why: 'it says so',
  },
];
/** Those that go on until they are ended. */
const endless = /^hvkvp (?:watch|monitor)\b/;
const needDaemon = /^hvkvp (?:watch|monitor|status|config|top|metrics|doctor|diagnose)\b/;

const recording = readFileSync(join(root, 'docs/control.md'), 'utf8')
  .match(/^\{"type":"(?:hello|registered)".*$/gm)
  ?.join('\n');

interface Places {
  readonly pools: string;
  /** Of a daemon; "" if there is none. */
  readonly socket: string;
}

/** A folder to type a command in, with all that the pages speak of. */
async function folderFor(line: string) {
  const host = needDaemon.test(line) ? await watchedHost() : undefined;
  const folder = temporaryFolder();
  const places = host ?? { pools: join(folder, 'pools'), socket: '' };
  mkdirSync(places.pools, { recursive: true });
  const keys = ['Owner', 'AppVersion', 'App1', 'Event', 'VMName', 'AgentKey', 'Config.0'];
  const ofBoth = keys.map((key) => record(key, 'value'));
  writeFileSync(poolFile(places, 0), Buffer.concat([...ofBoth, record('Phase', 'go')]));
  writeFileSync(poolFile(places, 1), Buffer.concat(ofBoth));
  writeFileSync(poolFile(places, 3), Buffer.concat([record('HostName', 'H'), record('VirtualMachineName', 'V')]));
  const files = {
    'agent.key': 'secret',
    'config.ign': 'a long text',
    'config.json': '{}',
    'new.toml': '',
    'pools.jsonl': '{"pool":"guest","key":"key","value":"value"}\n',
    'requests.jsonl': recording ?? '',
    ...(!line.includes('--record') && { 'today.jsonl': recording ?? '' }),
  };
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  cpSync(join(root, 'examples'), join(folder, 'examples'), { recursive: true });
  copyFileSync(join(root, 'examples/ip-request.toml'), join(folder, 'request.toml'));
  mkdirSync(join(folder, 'node_exporter/textfile'), { recursive: true });
  addPrograms(folder, places);
  return { folder, host: host?.host };
}

/** What a line may run besides the shell's own: ours, with the places of this guest, and nothing that does harm. */
function addPrograms(folder: string, { pools, socket }: Places): void {
  for (const name of ['bin', 'image']) mkdirSync(join(folder, name));
  symlinkSync('/bin/mv', join(folder, 'bin/mv'));
  const configuration = join(folder, 'hyperv-kvp.toml');
  const noDevice = join(folder, 'no-device');
  writeFileSync(
    configuration,
    `device = "${noDevice}"\n[pools]\ndirectory = "${pools}"\n[control]\nsocket = "${socket}"\n`,
  );
  const setup = `--platform freebsd --dry-run --root ${join(folder, 'image')}`;
  const cases = leaves(createProgram()).map(({ name, command }) => {
    const takes = command.options.some(({ long }) => long === '--config');
    const added = takes ? `--config ${configuration}` : name === 'freebsd-setup' ? setup : '';
    const { length } = name.split(' ');
    return `"${name} "*) shift ${length}; set -- ${name} ${added} "$@" ;;`;
  });
  const node = process.execPath;
  const programs = {
    hvkvp: `case "$* " in\n${cases.join('\n')}\nesac\nexec "${node}" "${hvkvpProgram}" "$@"`,
    hv_kvp_daemon: `exec "${node}" "${daemonProgram}" --config "${configuration}" "$@"`,
    'on-change': 'echo "$HVKVP_KEY"',
    poweroff: 'exit 0',
  };
  for (const [name, script] of Object.entries(programs)) {
    writeFileSync(join(folder, 'bin', name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });
  }
}

function leaves(command: Command, above = ''): readonly { readonly name: string; readonly command: Command }[] {
  return command.commands.flatMap((each) => {
    const name = `${above}${each.name()}`;
    return each.commands.length > 0 ? leaves(each, `${name} `) : [{ name, command: each }];
  });
}

function type(line: string, folder: string): ChildProcess & { readonly stdout: Readable; readonly stderr: Readable } {
  const own = line
    .replaceAll('/var/lib/node_exporter', `${folder}/node_exporter`)
    .replaceAll('/usr/local/bin', `${folder}/bin`);
  const child = spawn('/bin/bash', ['-c', own], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
    // Nothing else of this machine's: a page may speak of what would end it.
    env: { PATH: join(folder, 'bin') },
  });
  onTestFinished(() => {
    if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
  });
  return child;
}

describe('what pages and help show can be typed as it stands', () => {
  it('with exceptions that are still shown', () => {
    expect(others.filter(({ start }) => !typed.some((line) => line.startsWith(start)))).toEqual([]);
  });

  it.each(typed.filter((line) => !endless.test(line)))('%s', async (line) => {
    if (line.startsWith('hvkvp ip revert')) needs(asRoot);
    if (line.startsWith('hvkvp freebsd-setup')) needs(plainPath);
    const { folder } = await folderFor(line);
    const child = type(line, folder);
    const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'close')]);
    const { status = 0, stderr: trouble = '' } = others.find(({ start }) => line.startsWith(start)) ?? {};
    expect({ status: child.exitCode, stderr }, stdout).toEqual({ status, stderr: trouble });
  });

  it.each(typed.filter((line) => endless.test(line)))('%s, until it is ended', async (line) => {
    const { folder, host } = await folderFor(line);
    const child = type(line, folder);
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => {
      stdout += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    for (let round = 0; stdout === '' && stderr === '' && child.exitCode === null; round += 1) {
      for (const key of ['Owner', 'VMName']) await host?.set(0, key, String(round));
      await setTimeout(10);
    }
    expect({ stderr, status: child.exitCode }).toEqual({ stderr: '', status: null });
  });
});

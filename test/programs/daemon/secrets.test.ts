import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askStatus, ControlClient } from '../../../src/control/client.ts';
import { exposition } from '../../../src/control/exposition.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { eventually } from '../../support/eventually.ts';
import { type Need, needs } from '../../support/needs.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { poolFile, servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { type WatchedHost, watchedHost } from '../../support/watched-host.ts';

const secret = 'correct-horse-battery-staple';
const ownerOnly = 0o600;
const permissions = 0o777;

function configuration(text: string): string {
  const file = join(temporaryFolder(), 'hyperv-kvp.toml');
  writeFileSync(file, text);
  return file;
}

/** Everything that a host can do with a value, and everything that can go wrong with it on the way. */
async function mishaps(served: WatchedHost): Promise<void> {
  const { host, pools } = served;
  const pool = poolFile(served, 0);
  const ask = async (): Promise<void> => {
    await host.set(0, 'key', secret);
    await host.get(0, 'key');
    await host.enumerateAt(0, 0);
    await host.delete(0, 'key');
    await host.set(0, 'key', secret);
  };
  await ask();
  await host.set(2, 'HostName', secret);
  await host.set(7, 'key', secret);
  writeFileSync(pool, `damaged ${secret}`);
  await ask();
  const { letGo } = await neighbourWithLock(pool);
  await ask();
  letGo();
  rmSync(pool);
  mkdirSync(pool);
  await ask();
  rmSync(pools, { recursive: true });
  writeFileSync(pools, 'no folder');
  await ask();
}

describe('a value', () => {
  it('is in no line of the log but those of debug, whatever goes wrong', async () => {
    const file = configuration('log_level = "debug"\n[pools]\nlock_timeout_ms = 1\n');
    const served = await watchedHost('linux', ['--config', file]);
    await mishaps(served);
    await served.daemon.logged('ENOTDIR');
    const isOfDebug = (line: string): boolean => line.startsWith('hv_kvp_daemon: debug: ');
    expect(served.daemon.lines.filter(isOfDebug).join('\n')).toContain(secret);
    const others = served.daemon.lines.filter((line) => !isOfDebug(line));
    expect(others.length).toBeGreaterThan(3);
    expect(others.join('\n')).not.toContain(secret);
  });

  it('is in neither the status, the metrics nor what is told of transactions to those who did not ask for values', async () => {
    const served = await watchedHost('linux', ['--config', configuration('[pools]\nlock_timeout_ms = 1\n')]);
    const client = await ControlClient.connect({ path: served.socket });
    const events = await client.events(false);
    const told: string[] = [];
    const listening = (async () => {
      for await (const event of events) told.push(JSON.stringify(event));
    })();
    await mishaps(served);
    const status = await askStatus({ path: served.socket });
    await eventually(() => told.length > 20);
    client.close();
    await listening;
    expect(JSON.stringify(status) + exposition(status)).not.toContain(secret);
    expect(told.join('\n')).toContain('"operation":"set"');
    expect(told.join('\n')).not.toContain(secret);
    expect(served.daemon.lines.join('\n')).not.toContain(secret);
  });

  it('is in journals that nobody else may read, whatever the pools may be', async () => {
    const state = temporaryFolder();
    const file = configuration('[pools]\nfile_mode = "0644"\n');
    const { host } = await servedHost('linux', ['--config', file, '--state-dir', state]);
    await host.set(0, 'key', secret);
    await host.delete(0, 'key');
    const files = readdirSync(state).map((name) => join(state, name));
    expect(files.some((path) => readFileSync(path).includes(secret))).toBe(true);
    expect(files.map((path) => statSync(path).mode & permissions & ~ownerOnly)).toEqual(files.map(() => 0));
  });
});

/** The daemon is in `/`; some systems have a place for all of them. */
const coreFiles: Need = {
  isMet: () => /^[/|]/.test(readFileSync('/proc/sys/kernel/core_pattern', 'utf8')) || process.getuid?.() === 0,
  otherwise: 'a process writes its core file where only root may',
};

/** Where the daemon is, since a time. */
function coreFilesSince(since: number): readonly string[] {
  const files = readdirSync('/').filter((name) => name.startsWith('core'));
  return files.map((name) => `/${name}`).filter((path) => statSync(path).mtimeMs >= since);
}

/** Has a daemon that may dump as much as it likes crash with a value in hand; returns what the shell says of its end, and the files. */
async function crashed(text: string): Promise<{ said: string; left: readonly string[] }> {
  const folder = temporaryFolder();
  const socket = join(folder, 'control');
  const launcher = ['sh', '-c', `ulimit -c unlimited && "$0" "$@"; exit $?`, process.execPath, daemonProgram] as const;
  const words = ['--config', configuration(text), '--device', '/nonexistent/device', '--control-socket', socket];
  const daemon = new DaemonProcess(words, {}, launcher);
  await eventually(() => statSync(socket, { throwIfNoEntry: false }) !== undefined);
  const { pid } = await askStatus({ path: socket });
  const since = Date.now();
  process.kill(pid, 'SIGABRT');
  const said = await daemon.logged('Aborted');
  await daemon.ended();
  const left = coreFilesSince(since);
  for (const path of left) rmSync(path);
  return { said, left };
}

describe('the memory of a daemon that crashes', () => {
  it('is written nowhere', async () => {
    const { said, left } = await crashed('');
    expect(said).not.toContain('core dumped');
    expect(left).toEqual([]);
  });

  it('is written by the system if the administrator wants it', async () => {
    needs(coreFiles);
    expect((await crashed('core_dumps = true\n')).said).toContain('core dumped');
  });
});

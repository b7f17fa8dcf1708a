import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Status } from '../../src/message/status.ts';
import { startSimulator } from '../../src/simulator/simulator.ts';
import { DaemonProcess } from '../support/daemon-process.ts';
import { surroundings, type Surroundings, user } from '../support/given-up-rights.ts';
import { poolFile } from '../support/served-host.ts';

const programs = join(import.meta.dirname, 'programs');
const helperProgram = join(import.meta.dirname, '../../dist/bin/hyperv-kvp-helper.js');
const ok = { status: Status.ok };
const stranger = 61_999;

interface Listening extends Surroundings {
  readonly socket: string;
  readonly helper: ChildProcess;
}

/** A helper as its socket unit starts it; here, its socket is open to everybody. */
async function listening(text = ''): Promise<Listening> {
  const { folder } = surroundings();
  const socket = join(folder, 'helper');
  const given = surroundings(text, socket);
  const words = [join(programs, 'socket-activation.py'), socket, process.execPath, helperProgram, ...given.words];
  const helper = spawn('python3', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  onTestFinished(() => {
    helper.kill('SIGKILL');
  });
  await once(helper.stdout, 'data');
  return { ...given, socket, helper };
}

/** What the helper answers a user, a line for each packet. */
async function ask(socket: string, uid: number, ...packets: readonly string[]): Promise<string> {
  const words = [join(programs, 'ask-helper.py'), socket, String(uid), ...packets];
  const client = spawn('python3', words, { stdio: ['ignore', 'pipe', 'inherit'] });
  return await text(client.stdout);
}

const notRequests = [
  'nonsense',
  '[]',
  'null',
  '{"request":"open","path":"/etc/shadow"}',
  '{"request":"pool","pool":5}',
  '{"request":"pool","pool":-1}',
  '{"request":"pool","pool":"../1"}',
  '{"request":"pool","pool":1,"path":"/etc/shadow"}',
  '{"request":"device","path":"/dev/sda"}',
  '{"request":"tail","pool":[1]}',
  '{"request":"inject"}',
  '{"request":"inject","value":{"adapterId":1}}',
  `{"request":"dhcp-state","adapter":"${'a'.repeat(17)}"}`,
  `{"request":"recover"}${' '.repeat(9000)}`,
];

describe('a helper at a socket', () => {
  it('serves a daemon that was never root', async () => {
    const given = await listening();
    const simulator = startSimulator({ system: 'linux', path: join(given.folder, 'device') });
    onTestFinished(() => {
      simulator.close();
    });
    const launcher = [
      'setpriv',
      `--reuid=${user.uid}`,
      `--regid=${user.gid}`,
      '--clear-groups',
      process.execPath,
    ] as const;
    const daemon = new DaemonProcess(given.words, {}, launcher);
    await simulator.host.negotiate();
    await simulator.daemonConnected();
    expect(await simulator.host.set(0, 'key', 'value')).toEqual(ok);
    rmSync(poolFile(given, 0));
    expect(await simulator.host.set(0, 'key', 'value')).toEqual(ok);
    expect(statSync(poolFile(given, 0)).uid).toBe(user.uid);
    expect(daemon.lines.filter((line) => !line.includes('registered'))).toEqual([]);
  });

  it('does what the daemon and root ask, and nothing for anybody else', async () => {
    const { socket, pools } = await listening();
    expect(await ask(socket, stranger, '{"request":"pool","pool":1}')).toBe('\n');
    expect(existsSync(pools)).toBe(false);
    expect(await ask(socket, user.uid, '{"request":"pool","pool":1}')).toBe('{"reply":"done"}\n');
    expect(await ask(socket, 0, '{"request":"recover"}')).toBe('{"reply":"done"}\n');
    expect(existsSync(poolFile({ pools }, 1))).toBe(true);
  });

  it('hangs up on what is no request', async () => {
    const { socket, pools } = await listening();
    const answers = await ask(socket, user.uid, ...notRequests, '{"request":"recover"}');
    expect(answers.split('\n')).toEqual([...notRequests.map(() => ''), '{"reply":"done"}', '']);
    expect(existsSync(pools)).toBe(false);
  });

  it('gives no file away that a link in the place of a pool leads to', async () => {
    const { socket, folder, pools } = await listening();
    const secret = join(folder, 'secret');
    writeFileSync(secret, '', { mode: 0o600 });
    mkdirSync(pools);
    symlinkSync(secret, poolFile({ pools }, 1));
    expect(await ask(socket, user.uid, '{"request":"pool","pool":1}')).toContain('ELOOP');
    expect(statSync(secret).uid).toBe(0);
  });

  it('does not open what is no device', async () => {
    const { socket, folder } = await listening();
    writeFileSync(join(folder, 'device'), '');
    expect(await ask(socket, user.uid, '{"request":"device"}')).toContain('ENODEV');
    expect(readFileSync(join(folder, 'device'), 'utf8')).toBe('');
  });
});

describe('a helper of nobody', () => {
  it('ends with status 1', async () => {
    const helper = spawn(process.execPath, [helperProgram], { stdio: ['ignore', 'ignore', 'pipe'] });
    expect(await text(helper.stderr)).toContain('started by hv_kvp_daemon');
    if (helper.exitCode === null) await once(helper, 'exit');
    expect(helper.exitCode).toBe(1);
  });
});

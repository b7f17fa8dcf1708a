import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it, onTestFinished } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { Status } from '../../../src/message/status.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { surroundings, type Surroundings, user } from '../../support/given-up-rights.ts';
import { poolFile } from '../../support/served-host.ts';

const programs = join(import.meta.dirname, 'programs');
const helperProgram = join(import.meta.dirname, '../../../dist/bin/hyperv-kvp-helper.js');
const ok = { status: Status.ok };
const stranger = 61_999;
const patienceMs = 10_000;

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
      daemonProgram,
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

  it('says why it cannot start to whoever waits, hangs up and ends', async () => {
    const { folder, words } = surroundings('colour = 1\n');
    const socket = join(folder, 'helper');
    // As systemd, which starts it once somebody has connected.
    const start = ['/bin/sh', '-c', 'read go; exec "$@"', 'sh', process.execPath, helperProgram, ...words];
    const helper = spawn('python3', [join(programs, 'socket-activation.py'), socket, ...start], {
      stdio: ['pipe', 'pipe', 'ignore'],
    });
    onTestFinished(() => {
      helper.kill('SIGKILL');
    });
    const ended = once(helper, 'exit');
    await once(helper.stdout, 'data');
    const client = native.connectSeqpacket(socket);
    helper.stdin.write('\n');
    const room = Buffer.alloc(1000);
    const { size } = native.receivePacket(client, room, patienceMs);
    expect(room.toString('utf8', 0, size)).toContain('privileges.colour: unknown key');
    expect(await ended).toEqual([1, null]);
    closeSync(client);
  });

  it('takes no more than 16 connections at once, and goes on when they are gone', async () => {
    const { socket } = await listening();
    const idle = Array.from({ length: 24 }, () => native.connectSeqpacket(socket));
    const room = Buffer.alloc(1);
    expect(native.receivePacket(idle.at(-1) ?? -1, room, patienceMs).size).toBe(0);
    expect(() => native.receivePacket(idle[0] ?? -1, room, 0)).toThrow();
    for (const fd of idle) closeSync(fd);
    while ((await ask(socket, 0, '{"request":"recover"}')) !== '{"reply":"done"}\n');
  });

  it('is not ended by what is passed in place of a connection', () => {
    const { words } = surroundings();
    const [own, its] = native.socketPair();
    const helper = spawn(process.execPath, [helperProgram, ...words], {
      stdio: ['ignore', 'ignore', 'inherit', its],
      env: { ...process.env, HYPERV_KVP_HELPER: '1' },
    });
    onTestFinished(() => {
      helper.kill('SIGKILL');
    });
    const folder = openSync('/', 'r');
    const file = openSync('/dev/null', 'r+');
    for (const fd of [folder, file]) native.sendPacket(own, Buffer.alloc(1), fd);
    const [client, connection] = native.socketPair();
    native.sendPacket(own, Buffer.alloc(1), connection);
    native.sendPacket(client, Buffer.from('{"request":"recover"}'));
    const room = Buffer.alloc(1000);
    const { size } = native.receivePacket(client, room, patienceMs);
    expect(room.toString('utf8', 0, size)).toBe('{"reply":"done"}');
    for (const fd of [own, its, folder, file, client, connection]) closeSync(fd);
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
    expect(await text(helper.stderr)).toContain('only hv_kvp_daemon and the socket unit may start');
    if (helper.exitCode === null) await once(helper, 'exit');
    expect(helper.exitCode).toBe(1);
  });
});

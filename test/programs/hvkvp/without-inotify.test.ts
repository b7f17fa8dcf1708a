import { type ChildProcessByStdio, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { hvkvp, hvkvpProgram } from '../../support/hvkvp.ts';
import { type Need, needs } from '../../support/needs.ts';
import { simulated } from '../../support/simulated.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

/** Programs that no inotify is left for: the limits of users, and of a namespace of users, are for each of them. */
const exhausted = [
  '--user',
  '--map-root-user',
  'sh',
  '-c',
  'echo 0 >/proc/sys/user/max_inotify_instances && exec "$@"',
];

const namespaces: Need = {
  isMet: () => spawnSync('unshare', [...exhausted, 'sh', 'true'], { stdio: 'ignore' }).status === 0,
  otherwise: 'it takes a namespace of users whose limits can be set',
};

let places: readonly string[];
beforeEach(() => {
  needs(namespaces);
  places = ['--pool-dir', temporaryFolder()];
});

function started(...words: readonly string[]): ChildProcessByStdio<null, Readable, Readable> {
  const program = [...exhausted, 'sh', process.execPath, hvkvpProgram, ...words, ...places];
  const command = spawn('unshare', program, { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => {
    command.kill('SIGKILL');
  });
  return command;
}

const warning = /^hvkvp \w+: cannot watch \S+; checking it every second instead: EMFILE: .*\n$/;

describe('without an inotify that is left', () => {
  it('a key that is there is found, without a word', async () => {
    hvkvp(['set', 'Key', 'value', ...places]);
    const command = started('wait', 'Key');
    const [stdout, stderr] = await Promise.all([text(command.stdout), text(command.stderr), once(command, 'exit')]);
    expect([command.exitCode, stdout, stderr]).toEqual([0, 'value\n', '']);
  });

  it('a key that comes is found all the same, and it is said once how', async () => {
    const command = started('wait', 'Key');
    const printed = Promise.all([text(command.stdout), once(command, 'exit')]);
    const [told] = (await once(command.stderr, 'data')) as [Buffer];
    expect(told.toString()).toMatch(warning);
    hvkvp(['set', 'Key', 'value', ...places]);
    expect((await printed)[0]).toBe('value\n');
    expect(command.exitCode).toBe(0);
  });

  it('changes are shown all the same', async () => {
    const command = started('watch', '--json');
    const [told] = (await once(command.stderr, 'data')) as [Buffer];
    expect(told.toString()).toMatch(warning);
    if (command.stdout.readableLength === 0) await once(command.stdout, 'readable');
    command.stdout.read();
    hvkvp(['set', 'Key', 'value', ...places]);
    const [change] = (await once(command.stdout, 'data')) as [Buffer];
    expect(change.toString()).toContain('"change":"created"');
  });

  it('the daemon serves all the same', async () => {
    const { host, path } = simulated('linux');
    const program = ['unshare', ...exhausted, 'sh', process.execPath, daemonProgram] as const;
    const daemon = new DaemonProcess(['--device', path, '--control-socket', '', ...places], {}, program);
    await daemon.living(host.negotiate());
    expect(await host.set(0, 'Key', 'value')).toEqual({ status: Status.ok });
    hvkvp(['set', 'Key', 'other', '--pool', '0', ...places]);
    expect(await host.get(0, 'Key')).toEqual({ status: Status.ok, value: 'other' });
  });
});

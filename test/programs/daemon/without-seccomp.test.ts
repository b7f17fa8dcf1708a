import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess, startedProgram } from '../../support/daemon-process.ts';
import { helperOf, statusField, surroundings, user } from '../../support/given-up-rights.ts';

const launcher = ['python3', join(import.meta.dirname, 'programs/without-seccomp.py'), ...startedProgram] as const;
const ok = { status: Status.ok };

describe('a daemon started by hand, as root, on a kernel without seccomp', () => {
  it('gives root up, says what it could not forbid, and serves with its helper', async () => {
    const { folder, words } = surroundings();
    const simulator = startSimulator({ system: 'linux', path: join(folder, 'device') });
    onTestFinished(() => {
      simulator.close();
    });
    const daemon = new DaemonProcess(words, {}, launcher);
    const { host } = simulator;
    await daemon.living(host.negotiate());
    await daemon.living(simulator.daemonConnected());
    await daemon.logged('cannot forbid set-user-ID programs to the daemon: ENOSYS: function not implemented, prctl');
    const { uid } = user;
    expect(statusField(daemon.pid, 'Uid')).toBe([uid, uid, uid, uid].join('\t'));
    expect(statusField(helperOf(daemon), 'Uid')).toBe('0\t0\t0\t0');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    // Only root may open the device, so the helper does.
    simulator.rescind();
    await daemon.logged('device closed by the driver');
    simulator.offer();
    await daemon.living(simulator.daemonConnected());
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'value' });
    expect(daemon.lines.join('\n')).not.toMatch(/errno|^\s+at /m);
    expect(await daemon.terminate()).toBe(0);
  });
});

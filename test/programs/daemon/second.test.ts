import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { user } from '../../support/given-up-rights.ts';
import { needs, otherUsers } from '../../support/needs.ts';
import { simulated } from '../../support/simulated.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const held = /^hv_kvp_daemon: error: another process has the device open: E[A-Z]+: /;

describe('a daemon whose device another one has', () => {
  it('ends at its first start with status 1 and one line, and leaves the first alone', async () => {
    const { host, path, simulator } = simulated('linux');
    const words = ['--device', path, '--pool-dir', temporaryFolder(), '--control-socket', ''];
    const first = new DaemonProcess(words);
    await first.living(host.negotiate());
    const second = new DaemonProcess(words);
    expect(await second.ended()).toBe(1);
    expect(second.lines).toEqual([expect.stringMatching(held)]);
    expect(simulator.refusedConnections).toBe(1);
    expect(await host.set(0, 'key', 'value')).toEqual({ status: Status.ok });
    expect(first.process.exitCode).toBeNull();
  });

  it('tells whoever starts it in the background', async () => {
    const { host, path } = simulated('linux');
    const words = ['--device', path, '--pool-dir', temporaryFolder(), '--control-socket', ''];
    await new DaemonProcess(words).living(host.negotiate());
    // Not while this process stands still: its simulator must refuse the second.
    const starter = spawn(process.execPath, [daemonProgram, ...words], { stdio: ['ignore', 'ignore', 'pipe'] });
    const [stderr] = await Promise.all([text(starter.stderr), once(starter, 'exit')]);
    expect(stderr).toMatch(/^hv_kvp_daemon: another process has the device open: E[A-Z]+: .*\n$/);
    expect(starter.exitCode).toBe(1);
  });

  it('waits for it under a supervisor, which would only start it again', async () => {
    const { host, path } = simulated('linux');
    const words = ['--device', path, '--pool-dir', temporaryFolder(), '--control-socket', ''];
    const first = new DaemonProcess(words);
    await first.living(host.negotiate());
    const second = new DaemonProcess(words, { NOTIFY_SOCKET: join(temporaryFolder(), 'notify') });
    await second.logged('waiting for');
    await first.terminate();
    await second.logged('registered');
  });
});

describe('a daemon that may not open its device', () => {
  it('ends at its first start with status 1 and one line', () => {
    needs(otherUsers);
    const folder = temporaryFolder();
    chownSync(folder, user.uid, user.gid);
    const device = join(folder, 'device');
    writeFileSync(device, '', { mode: 0o600 });
    const words = [daemonProgram, '-n', '--device', device, '--pool-dir', folder, '--control-socket', ''];
    const { status, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8', ...user });
    expect(stderr).toBe(`hv_kvp_daemon: error: EACCES: permission denied, open '${device}'\n`);
    expect(status).toBe(1);
  });
});

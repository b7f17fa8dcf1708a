import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess, daemonProgram } from '../../support/daemon-process.ts';
import { rootlessHost } from '../../support/given-up-rights.ts';
import { namespaces, needs } from '../../support/needs.ts';
import { NotifySocket } from '../../support/notify-socket.ts';
import { servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };

function replace(folder: string): void {
  rmSync(folder, { recursive: true });
  mkdirSync(folder);
}

it.each(['replaced', 'removed'])(
  'a daemon whose pools’ folder was %s makes the next change in a new one',
  async (how) => {
    const { host, pools } = await servedHost('linux');
    expect(await host.set(0, 'key', 'before')).toEqual(ok);
    if (how === 'replaced') replace(pools);
    else rmSync(pools, { recursive: true });
    expect(await host.set(0, 'key', 'after')).toEqual(ok);
    expect(await host.get(0, 'key')).toMatchObject({ value: 'after' });
  },
);

it('so does one without root’s rights, by its helper', async () => {
  const { host, pools } = await rootlessHost();
  expect(await host.set(0, 'key', 'before')).toEqual(ok);
  replace(pools);
  expect(await host.set(0, 'key', 'after')).toEqual(ok);
});

/** As a unit with ProtectSystem=strict and ReadWritePaths= has it: all is read only, but for the folder that is there at the start. */
const confined = 'mount --bind $0 $0; mount --bind $0/pools $0/pools; mount -o remount,bind,ro $0; exec "$@"';
/** The same without ReadWritePaths=. */
const closed = 'mount --bind $0 $0; mount -o remount,bind,ro $0; exec "$@"';

/** A daemon under a supervisor and in mounts of its own, with an empty folder for pools. */
async function mounted(mounts: string) {
  needs(namespaces);
  const folder = temporaryFolder();
  const pools = join(folder, 'pools');
  mkdirSync(pools);
  const runtime = temporaryFolder();
  const [device, socket] = [join(runtime, 'device'), join(runtime, 'notify')];
  const simulator = startSimulator({ system: 'linux', path: device });
  onTestFinished(() => {
    simulator.close();
  });
  await NotifySocket.listen(socket);
  const words = ['--device', device, '--pool-dir', pools, '--state-dir', join(runtime, 'state')];
  const program = ['sh', '-ec', mounts, folder, process.execPath, daemonProgram];
  const start = (): DaemonProcess =>
    new DaemonProcess(words, { NOTIFY_SOCKET: socket }, ['unshare', '--mount', ...program]);
  const daemon = start();
  await daemon.living(simulator.host.negotiate());
  await daemon.living(simulator.daemonConnected());
  return { pools, simulator, host: simulator.host, daemon, start };
}

it.each(['replaced', 'removed'])(
  'one whose unit lets it write in the former folder only ends when that was %s, and its successor serves',
  async (how) => {
    const { pools, simulator, host, daemon, start } = await mounted(confined);
    expect(await host.set(0, 'key', 'before')).toEqual(ok);
    if (how === 'replaced') replace(pools);
    else rmSync(pools, { recursive: true });
    expect(await host.set(0, 'key', 'between')).toEqual(failed);
    expect(await daemon.ended()).toBe(1);
    expect(daemon.lines.join('\n')).toContain('ending so that the supervisor starts it again: ');
    // As the unit does before each start.
    if (!existsSync(pools)) mkdirSync(pools);
    const successor = start();
    await successor.living(simulator.daemonConnected());
    expect(await host.set(0, 'key', 'after')).toEqual(ok);
  },
);

it('one that can write nowhere from the start serves on, for a successor could not either', async () => {
  const { host, daemon } = await mounted(closed);
  for (const value of ['1', '2']) expect(await host.set(0, 'key', value)).toEqual(failed);
  expect(await host.enumerate(2)).toMatchObject({ records: { length: 10 } });
  expect(daemon.process.exitCode).toBeNull();
});

import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { DaemonProcess } from '../../support/daemon-process.ts';
import { registrationAnswer } from '../../support/driver-message.ts';
import { FakeDriver } from '../../support/fake-driver.ts';
import { NotifySocket } from '../../support/notify-socket.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

async function supervised(environment: NodeJS.ProcessEnv = {}) {
  const folder = temporaryFolder();
  const name = join(folder, 'notify');
  const supervisor = await NotifySocket.listen(name);
  const driver = new FakeDriver();
  const pools = join(folder, 'pools');
  const start = () =>
    new DaemonProcess(['--device', driver.path, '--pool-dir', pools], { ...environment, NOTIFY_SOCKET: name });
  const register = async () => {
    await driver.accept();
    await driver.receive();
    driver.send(registrationAnswer());
  };
  return { supervisor, driver, pools, start, register };
}

describe('hv_kvp_daemon under a supervisor', () => {
  it('is ready once it is registered and the pools are there, not before, and says that it ends', async () => {
    const { supervisor, driver, pools, start, register } = await supervised();
    const daemon = start();
    await register();
    expect(await supervisor.next()).toEqual([
      'READY=1',
      `STATUS=registered at ${driver.path}, integration services 3.1`,
    ]);
    expect(existsSync(join(pools, '.kvp_pool_4'))).toBe(true);
    await daemon.terminate();
    expect(await supervisor.next()).toEqual(['STOPPING=1']);
  });

  it('is ready while it waits for the device, and tells when that changes', async () => {
    const { supervisor, driver, start, register } = await supervised();
    driver.rescind();
    start();
    expect(await supervisor.next()).toEqual([
      'READY=1',
      expect.stringMatching(/^STATUS=waiting for the device: ENOENT/),
    ]);
    driver.offer();
    await register();
    expect(await supervisor.next()).toContainEqual(expect.stringMatching(/^STATUS=registered/));
    driver.rescind();
    expect(await supervisor.next()).toContainEqual(
      expect.stringMatching(/^STATUS=device closed by the driver; waiting for it to return/),
    );
  });

  it('tells that it reads its configuration anew, and since when', async () => {
    const { supervisor, start, register } = await supervised();
    const daemon = start();
    await register();
    await supervisor.next();
    daemon.process.kill('SIGHUP');
    const uptimeUs = Number(process.hrtime.bigint() / 1000n);
    const [state, since] = await supervisor.next();
    expect(state).toBe('RELOADING=1');
    expect(Number(since?.replace('MONOTONIC_USEC=', ''))).toBeGreaterThan(uptimeUs);
    expect(await supervisor.next()).toEqual(['READY=1']);
  });

  it('finds a supervisor on an abstract socket', async () => {
    const name = `@hyperv-kvp-${randomUUID()}`;
    const supervisor = await NotifySocket.listen(name);
    new DaemonProcess(['--device', join(temporaryFolder(), 'none')], { NOTIFY_SOCKET: name });
    expect(await supervisor.next()).toContain('READY=1');
  });

  it('gives signs of life where they are asked for', async () => {
    const { supervisor, start, register } = await supervised({ WATCHDOG_USEC: '100000' });
    start();
    await register();
    while (!(await supervisor.next()).includes('READY=1'));
    for (let sign = 0; sign < 3; sign += 1) expect(await supervisor.next()).toEqual(['WATCHDOG=1']);
  });

  it('gives none that are asked of another process', async () => {
    const { supervisor, start, register } = await supervised({ WATCHDOG_USEC: '1000', WATCHDOG_PID: '1' });
    const daemon = start();
    await register();
    await supervisor.next();
    await daemon.terminate();
    expect(await supervisor.next()).toEqual(['STOPPING=1']);
  });

  it('serves on when the supervisor is gone, and logs that', async () => {
    const name = join(temporaryFolder(), 'none');
    const driver = new FakeDriver();
    const daemon = new DaemonProcess(['--device', driver.path, '--pool-dir', temporaryFolder()], {
      NOTIFY_SOCKET: name,
    });
    await driver.accept();
    await driver.receive();
    driver.send(registrationAnswer());
    expect(await daemon.logged('cannot notify the supervisor of')).toContain(
      `ENOENT: no such file or directory, sendto '${name}'`,
    );
    expect(await daemon.terminate()).toBe(0);
  });
});

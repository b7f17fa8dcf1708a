import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { dialects } from '../../../src/message/dialect.ts';
import { statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { driverMessage } from '../../support/driver-message.ts';
import { FakeDriver } from '../../support/fake-driver.ts';
import { register, start, status, turn } from './support/running-session.ts';

const { linux } = dialects;
const enumerate = { operation: 'enumerate', pool: 0, index: 3 } as const;

describe('a registration', () => {
  it('that the driver does not answer for 10 s is made again, and that is said once', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const running = start(linux, () => statusReply(Status.ok));
    const { driver, lines } = running;
    for (let round = 0; round < 3; round += 1) {
      await driver.accept();
      expect((await driver.receive())[0]).toBe(100);
      vi.advanceTimersByTime(9999);
      expect(driver.hasMessage()).toBe(false);
      vi.advanceTimersByTime(1);
      expect(await driver.receive()).toHaveLength(0);
      driver.disconnect();
      vi.advanceTimersToNextTimer();
    }
    expect(lines).toEqual(['warning: the driver has not answered a registration for 10 s; trying again']);
    await register(running);
    vi.advanceTimersByTime(60_000);
    driver.send(driverMessage(enumerate));
    expect(status(await driver.receive())).toBe(Status.ok);
    expect(lines.slice(1)).toEqual([expect.stringContaining('notice: registered at')]);
  });

  it('that is answered in time leaves no timer, nor does the end of the session', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => {
      vi.useRealTimers();
    });
    const running = start(linux, () => statusReply(Status.ok));
    await register(running);
    // The one that keeps Node from waking up for the one that was cleared.
    vi.advanceTimersByTime(1);
    expect(vi.getTimerCount()).toBe(0);
    const other = start(linux, () => statusReply(Status.ok));
    expect(vi.getTimerCount()).toBe(1);
    other.session.close();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('waits until the channel to the host is open: a kernel may dereference NULL before', async () => {
    let isOpen = false;
    let asked = 0;
    const driver = new FakeDriver();
    const accepted = driver.accept().then(() => 'connected');
    const running = start(
      linux,
      () => statusReply(Status.ok),
      driver,
      () => {
        asked += 1;
        return isOpen;
      },
    );
    while (asked < 3) await new Promise((resolve) => setTimeout(resolve, 10));
    expect(await Promise.race([accepted, turn().then(() => 'not yet')])).toBe('not yet');
    expect(running.lines).toEqual([
      "warning: waiting for the device: the driver's channel to the host is not open yet",
    ]);
    isOpen = true;
    await accepted;
    expect((await driver.receive())[0]).toBe(100);
  });
});

import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { dialects } from '../../../src/message/dialect.ts';
import { type Reply, statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { driverMessage, registrationAnswer } from '../../support/driver-message.ts';
import { FakeDriver } from '../../support/fake-driver.ts';
import { later, register, start, status, turn } from './support/running-session.ts';

const { linux, freebsd } = dialects;
const enumerate = { operation: 'enumerate', pool: 0, index: 3 } as const;

describe('a session with the Linux driver', () => {
  it('registers with operation 100, learns the version and does not reply to it', async () => {
    const { driver, events } = start(linux, () => statusReply(Status.ok));
    await driver.accept();
    const registration = await driver.receive();
    expect(registration.length).toBe(linux.messageSize);
    expect(registration[0]).toBe(100);
    const registered = once(events, 'registered');
    driver.send(registrationAnswer());
    expect(await registered).toEqual(['3.1']);
    expect(driver.hasMessage()).toBe(false);
  });

  it("answers a host's request that has the number of a registration", async () => {
    const running = start(linux, () => statusReply(Status.notSupported));
    await register(running);
    running.driver.send(registrationAnswer());
    expect(status(await running.driver.receive())).toBe(Status.notSupported);
  });

  it('answers one request after the other', async () => {
    const running = start(linux, () => statusReply(Status.noMoreItems));
    await register(running);
    for (const index of [0, 1, 2]) {
      running.driver.send(driverMessage({ ...enumerate, index }));
      expect(status(await running.driver.receive())).toBe(Status.noMoreItems);
    }
    expect(running.served).toMatchObject([{ index: 0 }, { index: 1 }, { index: 2 }]);
  });

  it('answers a request that had to wait', async () => {
    const running = start(linux, async () => {
      await Promise.resolve();
      return statusReply(Status.fail);
    });
    await register(running);
    running.driver.send(driverMessage(enumerate));
    expect(status(await running.driver.receive())).toBe(Status.fail);
  });

  it('drops a reply once the next request waits: the host would take it for the answer to that one', async () => {
    const expired = later<Reply>();
    let requests = 0;
    const running = start(linux, () => {
      requests += 1;
      return requests === 1 ? expired.promise : statusReply(Status.noMoreItems);
    });
    await register(running);
    running.driver.send(driverMessage(enumerate));
    running.driver.send(driverMessage(enumerate));
    expired.resolve(statusReply(Status.ok));
    expect(status(await running.driver.receive())).toBe(Status.noMoreItems);
    expect(running.lines).toContainEqual(expect.stringContaining('dropped a late reply'));
    expect(running.driver.hasMessage()).toBe(false);
  });

  it.each(['the driver goes away', 'the driver sends half a message'])(
    'opens and registers anew when %s',
    async (how) => {
      const running = start(linux, () => statusReply(Status.ok));
      await register(running);
      if (how.endsWith('message')) running.driver.send(Buffer.alloc(100));
      else running.driver.disconnect();
      await register(running);
      running.driver.send(driverMessage(enumerate));
      expect(status(await running.driver.receive())).toBe(Status.ok);
    },
  );

  it('does not send an answer to a driver that came back in the meantime', async () => {
    const late = later<Reply>();
    const running = start(linux, () => late.promise);
    await register(running);
    running.driver.send(driverMessage(enumerate));
    await new Promise<void>((resolve) => {
      const check = (): void => {
        if (running.served.length > 0) resolve();
        else setImmediate(check);
      };
      check();
    });
    running.driver.disconnect();
    late.resolve(statusReply(Status.ok));
    await running.driver.accept();
    const registration = await running.driver.receive();
    expect(registration[0]).toBe(100);
    expect(running.driver.hasMessage()).toBe(false);
  });
});

describe('a session with the FreeBSD driver', () => {
  it('registers with operation 4 and serves at once, for there is no answer', async () => {
    const running = start(freebsd, () => statusReply(Status.ok));
    await running.driver.accept();
    const registration = await running.driver.receive();
    expect(registration.length).toBe(freebsd.messageSize);
    expect(registration[0]).toBe(4);
    running.driver.send(driverMessage(enumerate, freebsd));
    expect(status(await running.driver.receive())).toBe(Status.ok);
  });

  it('writes every reply, since a message stays readable there until its reply is written', async () => {
    const late = later<Reply>();
    const running = start(freebsd, () => late.promise);
    await running.driver.accept();
    await running.driver.receive();
    running.driver.send(driverMessage(enumerate, freebsd));
    running.driver.send(driverMessage(enumerate, freebsd));
    late.resolve(statusReply(Status.fail));
    expect(status(await running.driver.receive())).toBe(Status.fail);
    expect(status(await running.driver.receive())).toBe(Status.fail);
  });
});

describe('a session with either driver', () => {
  it.each([linux, freebsd])('reads nothing more while a request is in hand on $system', async (dialect) => {
    const pending = later<Reply>();
    const running = start(dialect, () => pending.promise);
    if (dialect === linux) {
      await register(running);
    } else {
      await running.driver.accept();
      await running.driver.receive();
    }
    running.driver.send(driverMessage(enumerate, dialect));
    while (running.served.length === 0) await turn();
    running.driver.send(driverMessage(enumerate, dialect));
    for (let turns = 0; turns < 10; turns += 1) await turn();
    expect(running.served).toHaveLength(1);
    pending.resolve(statusReply(Status.ok));
    while (running.served.length === 1) await turn();
  });
});

describe('a session without a device', () => {
  it('says once that it waits, and serves when the device is there', async () => {
    const driver = new FakeDriver();
    driver.rescind();
    const running = start(linux, () => statusReply(Status.ok), driver);
    expect(running.lines).toEqual([expect.stringContaining('ENOENT')]);
    driver.offer();
    await register(running);
    driver.send(driverMessage(enumerate));
    expect(status(await driver.receive())).toBe(Status.ok);
    expect(running.lines).toHaveLength(2);
  });

  it('waits no more once it is closed', () => {
    const driver = new FakeDriver();
    driver.rescind();
    const timers = () => process.getActiveResourcesInfo().filter((kind) => kind === 'Timeout').length;
    const before = timers();
    const { session } = start(linux, () => statusReply(Status.ok), driver);
    expect(timers()).toBe(before + 1);
    session.close();
    expect(timers()).toBe(before);
  });
});

import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Session } from '../../../src/session/session.ts';
import { KvpDevice } from '../../../src/device/kvp-device.ts';
import { createLog } from '../../../src/log/log.ts';
import type { Awaitable } from '../../../src/message/awaitable.ts';
import { type Dialect, dialects } from '../../../src/message/dialect.ts';
import { encodeRegistration } from '../../../src/message/registration.ts';
import { type Reply, statusReply } from '../../../src/message/reply.ts';
import type { Request } from '../../../src/message/request.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import { type Simulated, simulated } from '../../support/simulated.ts';
import { pollThreads } from '../../support/threads.ts';

vi.mock('../../../src/device/native.ts', () => {
  const require = createRequire(import.meta.url);
  return { native: require('../native/build/Release/hv_kvp_twin.node') as unknown };
});

const replyTimeoutMs = 5000;
const severalTriesMs = 500;
const failed = { status: Status.fail, value: undefined };
const missing = { status: Status.noMoreItems, value: undefined };

interface Guest extends Simulated {
  readonly served: Request[];
  readonly lines: string[];
  readonly startSession: (dialect?: Dialect, onRefused?: (trouble: string) => void) => Session;
}

/** A guest whose session goes through FreeBSD's device to a host whose time stands still. */
function guest(answer: (request: Request) => Awaitable<Reply>): Guest {
  const parts = simulated('freebsd');
  const served: Request[] = [];
  const lines: string[] = [];
  const startSession = (dialect = dialects.freebsd, onRefused?: (trouble: string) => void): Session => {
    const session = new Session({
      path: parts.path,
      dialect,
      log: createLog({ sink: (_level, text) => lines.push(text), level: () => 'info' }),
      onRegistered: () => undefined,
      onRefused,
      serve: (request) => {
        served.push(request);
        return answer(request);
      },
    });
    // Registered after the simulator's end, and so run before it: a device that is destroyed kills its process.
    onTestFinished(() => {
      session.close();
      expect(parts.simulator.violations).toEqual([]);
    });
    session.start();
    return session;
  };
  return { ...parts, served, lines, startSession };
}

function later(): { promise: Promise<Reply>; resolve: (reply: Reply) => void } {
  let resolve: (reply: Reply) => void = () => undefined;
  const promise = new Promise<Reply>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}

describe('a session through the twin of FreeBSD’s device', () => {
  it('answers one request after the other, each whole', async () => {
    const { host, startSession, served } = guest(() => statusReply(Status.noMoreItems));
    startSession();
    for (const index of [0, 1, 2]) expect(await host.enumerateAt(0, index)).toEqual(missing);
    expect(served).toMatchObject([{ index: 0 }, { index: 1 }, { index: 2 }]);
  });

  it('takes a request once, though POLLIN stays until it is answered', async () => {
    const slow = later();
    const { host, startSession, served } = guest(() => slow.promise);
    startSession();
    const got = host.get(0, 'slow');
    await eventually(() => served.length > 0);
    for (let turn = 0; turn < 50; turn += 1) await new Promise(setImmediate);
    slow.resolve(statusReply(Status.noMoreItems));
    expect(await got).toEqual(missing);
    expect(served).toHaveLength(1);
  });

  it('writes a reply that comes too late, for until then nothing is delivered any more', async () => {
    const slow = later();
    const { host, clock, startSession, served, simulator } = guest(() =>
      served.length === 1 ? slow.promise : statusReply(Status.noMoreItems),
    );
    startSession();
    const expired = host.get(0, 'expired');
    await eventually(() => served.length > 0);
    clock.advance(replyTimeoutMs);
    expect(await expired).toEqual(failed);
    const undelivered = host.get(0, 'undelivered');
    clock.advance(replyTimeoutMs);
    expect(await undelivered).toEqual(failed);
    expect(served).toHaveLength(1);

    slow.resolve(statusReply(Status.ok));
    await eventually(() => simulator.lateReplies === 1);
    expect(await host.get(0, 'served')).toEqual(missing);
    expect(served).toHaveLength(2);
  });

  it('reads no stale message and writes no stale reply after it has opened the device again', async () => {
    const slow = later();
    const { host, clock, startSession, served, simulator } = guest(() =>
      served.length === 1 ? slow.promise : statusReply(Status.noMoreItems),
    );
    const dying = startSession();
    const unanswered = host.get(0, 'unanswered');
    await eventually(() => served.length > 0);
    dying.close();
    // The listener's is left, once the driver has noticed.
    await eventually(() => pollThreads() === 1);
    startSession();
    await simulator.daemonConnected();
    slow.resolve(statusReply(Status.ok));
    await slow.promise;
    clock.advance(replyTimeoutMs);
    expect(await unanswered).toEqual(failed);
    expect(await host.get(0, 'served')).toEqual(missing);
    expect(served).toHaveLength(2);
  });

  it('serves on after a write that fails though it was delivered, and says so once', async () => {
    const { host, startSession, lines } = guest(() => statusReply(Status.noMoreItems));
    startSession();
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await host.send({ operation: 'unknown', pool: 0, code: 9 })).toMatchObject({ status: Status.noMoreItems });
      expect(await host.enumerateAt(0, turn)).toEqual(missing);
    }
    expect(lines).toEqual([
      expect.stringMatching(/^registered/),
      expect.stringMatching(/^the driver has taken a reply and could not convert it: EINVAL: .*write/),
    ]);
  });

  it('reads no request while the driver still converts it, also after one that nobody read', async () => {
    const { host, path, clock, startSession, simulator, served } = guest(() => statusReply(Status.noMoreItems));
    // Dies before it has read anything: the driver's semaphore stays one too high.
    const dying = new KvpDevice(path, () => undefined);
    const registration = Buffer.alloc(dialects.freebsd.messageSize);
    encodeRegistration(registration, dialects.freebsd);
    dying.write(registration);
    await simulator.daemonConnected();
    const unread = host.get(0, 'unread');
    dying.close();
    await eventually(() => pollThreads() === 1);
    startSession();
    await simulator.daemonConnected();
    clock.advance(replyTimeoutMs);
    expect(await unread).toEqual(failed);
    for (let index = 0; index < 20; index += 1) expect(await host.enumerateAt(0, index)).toEqual(missing);
    expect(served).toMatchObject(Array.from({ length: 20 }, (_, index) => ({ operation: 'enumerate', index })));
  });

  it('says that another daemon holds the device, whose errno is negative', () => {
    const { startSession } = guest(() => statusReply(Status.ok));
    startSession();
    const told: string[] = [];
    startSession(dialects.freebsd, (trouble) => told.push(trouble));
    expect(told).toEqual([expect.stringMatching(/^another process has the device open: EBUSY: /)]);
  });

  it('waits for the end of a daemon that holds the device, unless the refusal is to be reported, and says so once', async () => {
    const { startSession, lines } = guest(() => statusReply(Status.ok));
    const first = startSession();
    await eventually(() => lines.length === 1);
    startSession();
    await sleep(severalTriesMs);
    expect(lines.slice(1)).toEqual([expect.stringMatching(/^waiting for the device: EBUSY/)]);
    first.close();
    await eventually(() => lines.length === 3);
    expect(lines.at(-1)).toMatch(/^registered/);
  });

  it('is refused with Linux’s registration, and waits', () => {
    const { startSession, lines } = guest(() => statusReply(Status.ok));
    startSession(dialects.linux);
    expect(lines).toEqual([expect.stringMatching(/waiting for the device: EINVAL: .*write/)]);
  });
});

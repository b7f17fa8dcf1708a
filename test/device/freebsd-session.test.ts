import { createRequire } from 'node:module';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Session } from '../../src/device/session.ts';
import { createLog } from '../../src/log/log.ts';
import type { Awaitable } from '../../src/message/awaitable.ts';
import { type Dialect, dialects } from '../../src/message/dialect.ts';
import { type Reply, statusReply } from '../../src/message/reply.ts';
import type { Request } from '../../src/message/request.ts';
import { Status } from '../../src/message/status.ts';
import { eventually } from '../support/eventually.ts';
import { type Simulated, simulated } from '../support/simulated.ts';
import { pollThreads } from '../support/threads.ts';

vi.mock('../../src/device/native.ts', () => {
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
  readonly startSession: (dialect?: Dialect, held?: 'wait' | 'refuse') => Session;
}

/** A guest whose session goes through FreeBSD's device to a host whose time stands still. */
function guest(answer: (request: Request) => Awaitable<Reply>): Guest {
  const parts = simulated('freebsd');
  const served: Request[] = [];
  const lines: string[] = [];
  const startSession = (dialect = dialects.freebsd, held: 'wait' | 'refuse' = 'refuse'): Session => {
    const session = new Session({
      path: parts.path,
      dialect,
      log: createLog({ sink: (_level, text) => lines.push(text), level: () => 'info' }),
      onRegistered: () => undefined,
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
    session.start(held);
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

  it('reads no stale message and writes no stale reply after it has opened the device anew', async () => {
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

  it('says that another daemon holds the device, whose errno is negative', () => {
    const { startSession } = guest(() => statusReply(Status.ok));
    startSession();
    expect(() => startSession()).toThrow(expect.objectContaining({ code: 'EBUSY', syscall: 'open' }));
  });

  it('waits for the end of a daemon that holds the device, if it is told to, and says so once', async () => {
    const { startSession, lines } = guest(() => statusReply(Status.ok));
    const first = startSession();
    await eventually(() => lines.length === 1);
    startSession(dialects.freebsd, 'wait');
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

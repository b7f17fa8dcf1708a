import { once } from 'node:events';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Session } from '../../../src/session/session.ts';
import { createLog } from '../../../src/log/log.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { type Reply, statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { driverMessage } from '../../support/driver-message.ts';
import { FakeDriver } from '../../support/fake-driver.ts';

const { freebsd } = dialects;
const request = driverMessage({ operation: 'enumerate', pool: 0, index: 0 }, freebsd);
const mostInOneTurn = 64;
/** So many make a host that never pauses, and yet end a test of a daemon that never stops. */
const endless = 2000;

interface Burst {
  readonly driver: FakeDriver;
  readonly session: Session;
  readonly lines: string[];
  served: number;
}

/**
 * A daemon under a host whose next request always waits by the time that a reply is written: it is sent while the one before is
 * being served. (FreeBSD's dialect, which knows no late replies.) `during` may do more.
 */
async function startBurst(during: (burst: Burst) => void = () => undefined): Promise<Burst> {
  const driver = new FakeDriver();
  const lines: string[] = [];
  const serve = (): Reply => {
    burst.served += 1;
    while (driver.hasMessage()) driver.receiveAtOnce();
    if (burst.served < endless) driver.send(request);
    during(burst);
    return statusReply(Status.ok);
  };
  const session = new Session({
    path: driver.path,
    dialect: freebsd,
    log: createLog({ sink: (_, text) => lines.push(text), level: () => 'info' }),
    onRegistered: () => undefined,
    serve,
  });
  const burst: Burst = { driver, session, lines, served: 0 };
  onTestFinished(() => {
    session.close();
  });
  session.start();
  await driver.accept();
  await driver.receive();
  return burst;
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

async function untilServing(burst: Burst): Promise<void> {
  while (burst.served === 0) await turn();
}

describe('a burst of requests', () => {
  it('leaves the event loop its turn after 64 requests, though the next one waits', async () => {
    const burst = await startBurst();
    burst.driver.send(request);
    await untilServing(burst);
    expect(burst.served).toBeGreaterThan(0);
    expect(burst.served).toBeLessThanOrEqual(mostInOneTurn);
  });

  it('leaves the event loop its turn after 2 ms, be there ever so few requests', async () => {
    const burst = await startBurst(() => {
      const start = performance.now();
      while (performance.now() - start < 1) continue;
    });
    burst.driver.send(request);
    await untilServing(burst);
    expect(burst.served).toBeGreaterThan(0);
    expect(burst.served).toBeLessThanOrEqual(3);
  });

  it('goes on after that turn', async () => {
    const burst = await startBurst();
    burst.driver.send(request);
    while (burst.served < endless) await turn();
    expect(burst.served).toBe(endless);
  });

  it('has a signal handled within it', async () => {
    let handledAfter = 0;
    const burst = await startBurst(({ served }) => {
      if (served === 1) process.kill(process.pid, 'SIGUSR2');
    });
    const handled = once(process, 'SIGUSR2').then(() => {
      handledAfter = burst.served;
    });
    burst.driver.send(request);
    await handled;
    // The signal reaches the loop through a pipe, which it looks at once a turn.
    expect(handledAfter).toBeLessThanOrEqual(3 * mostInOneTurn);
  });

  it('ends when the session is closed between two of its turns', async () => {
    const burst = await startBurst();
    burst.driver.send(request);
    await untilServing(burst);
    burst.session.close();
    const { served } = burst;
    const before = burst.lines.length;
    await turn();
    await turn();
    expect(burst.served).toBe(served);
    expect(burst.lines).toHaveLength(before);
  });

  it('ends when the driver goes away within it, and the daemon registers anew', async () => {
    const burst = await startBurst(({ driver, served }) => {
      if (served === 10) driver.disconnect();
    });
    burst.driver.send(request);
    await burst.driver.accept();
    expect((await burst.driver.receive())[0]).toBe(freebsd.registerOperation);
    expect(burst.served).toBe(10);
  });
});

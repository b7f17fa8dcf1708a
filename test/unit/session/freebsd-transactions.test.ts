import { createRequire } from 'node:module';
import fc from 'fast-check';
import { expect, it, onTestFinished, vi } from 'vitest';
import { KvpDevice } from '../../../src/device/kvp-device.ts';
import { createLog } from '../../../src/log/log.ts';
import { dialects } from '../../../src/message/dialect.ts';
import { encodeRegistration } from '../../../src/message/registration.ts';
import { Status } from '../../../src/message/status.ts';
import { Session } from '../../../src/session/session.ts';
import { eventually } from '../../support/eventually.ts';
import { simulated } from '../../support/simulated.ts';
import { pollThreads } from '../../support/threads.ts';
import { answerTo, heard, question, requestOf } from './support/random-questions.ts';
import { RecordStore } from './support/record-store.ts';

vi.mock('../../../src/device/native.ts', () => {
  const require = createRequire(import.meta.url);
  return { native: require('../native/build/Release/hv_kvp_twin.node') as unknown };
});

/** `npm run suite -- freebsd` asks for more. */
const transactions = Number(process.env['HYPERV_KVP_TRANSACTIONS'] ?? 300);
const patience = 60_000 + transactions * 100;
const replyTimeoutMs = 5000;
const tickMs = 100;

/** A daemon that ends before it has read a request, after which no read waits for the driver any more, or before it has answered. */
type End = 'unread' | 'unanswered';
const steps = fc.oneof(
  { weight: 99, arbitrary: question },
  { weight: 1, arbitrary: fc.constantFrom<End>('unread', 'unanswered') },
);

it(
  `${transactions} random transactions through the twin, which tears what is read too soon and sleeps on after what is answered too soon: none wrong, none late`,
  async () => {
    const { host, clock, path, simulator } = simulated('freebsd');
    // Time passes as everywhere else, and is put forward where nothing can happen any more.
    const passing = setInterval(() => {
      clock.advance(tickMs);
    }, tickMs);
    const served = new RecordStore();
    let tell: (() => void) | undefined;
    const start = async (): Promise<Session> => {
      const started = new Session({
        ...{ path, dialect: dialects.freebsd, onRegistered: () => undefined },
        log: createLog({ sink: () => undefined, level: () => 'info' }),
        serve: (request) => {
          if (tell === undefined) return served.serve(request);
          tell();
          return new Promise(() => undefined);
        },
      });
      started.start();
      await simulator.daemonConnected();
      return started;
    };
    let session = await start();
    // Run before the simulator's end: a device that is destroyed kills its process.
    onTestFinished(() => {
      clearInterval(passing);
      session.close();
    });

    const ends: Record<End, () => Promise<{ readonly lost: Promise<unknown> }>> = {
      unread: async () => {
        session.close();
        await onlyListening();
        const dying = new KvpDevice(path, () => undefined);
        const registration = Buffer.alloc(dialects.freebsd.messageSize);
        encodeRegistration(registration, dialects.freebsd);
        dying.write(registration);
        await simulator.daemonConnected();
        const lost = host.get(0, 'unread');
        dying.close();
        return { lost };
      },
      unanswered: async () => {
        const reached = new Promise<void>((resolve) => {
          tell = resolve;
        });
        const lost = host.get(0, 'unanswered');
        await reached;
        tell = undefined;
        session.close();
        return { lost };
      },
    };
    const replace = async (end: End): Promise<void> => {
      const { lost } = await ends[end]();
      await onlyListening();
      session = await start();
      clock.advance(replyTimeoutMs);
      expect(await lost).toMatchObject({ status: Status.fail });
    };

    await host.negotiate();
    await replace('unread');
    const expected = new RecordStore();
    const seed = Date.now();
    for (const [count, step] of fc.sample(steps, { numRuns: transactions, seed }).entries()) {
      if (typeof step === 'string') await replace(step);
      else {
        const answer = await answerTo(host, step);
        expect(answer, `${count}, ${step.operation}, seed ${seed}`).toEqual(heard(expected.serve(requestOf(step))));
      }
    }
    expect(simulator.lateReplies).toBe(0);
    expect(simulator.violations).toEqual([]);
  },
  patience,
);

/** The driver has noticed the end of the last daemon. */
function onlyListening(): Promise<void> {
  return eventually(() => pollThreads() === 1);
}

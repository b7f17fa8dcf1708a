import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { Status } from '../../../../src/message/status.ts';
import type { Lab } from './lab.ts';
import { answer, ask, assertServes } from './question.ts';
import { withRequestInHand } from './request-in-hand.ts';

/** How the daemon's process starts, stops and ends beside a host that goes on. */
export async function checkProcessLife(lab: Lab): Promise<void> {
  await checkSecondDaemon(lab);
  await checkEndings(lab);
  await checkStop(lab);
}

async function checkSecondDaemon(lab: Lab): Promise<void> {
  await lab.check('a second daemon is refused with status 1, and the first goes on', async () => {
    await assertServes(lab);
    const { status } = await lab.newDaemon().ending();
    assert.equal(status, 1);
    await assertServes(lab);
  });
}

async function checkEndings(lab: Lab): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    await lab.check(`${signal} ends the daemon at once, with status 0`, async () => {
      await assertServes(lab);
      lab.daemon.signal(signal);
      const { status, afterMs } = await lab.daemon.ending();
      assert.equal(status, 0);
      assert.ok(afterMs < atOnceMs, `it took ${afterMs.toFixed()} ms`);
    });
  }

  await lab.check('a request that comes while there is no daemon waits for the next one', async () => {
    await lab.stopDaemon();
    const reply = ask(lab);
    lab.startDaemon();
    assert.deepEqual(await reply, answer);
  });

  await lab.check('SIGKILL in the middle of a transaction fails it at once; the next daemon serves', async () => {
    await withRequestInHand(lab, async (reply) => {
      const start = performance.now();
      lab.daemon.signal('SIGKILL');
      assert.deepEqual(await reply, { status: Status.fail });
      assert.ok(performance.now() - start < atOnceMs);
    });
    lab.startDaemon();
    await assertServes(lab);
  });
}

async function checkStop(lab: Lab): Promise<void> {
  await lab.check(
    'the late reply of a daemon stopped for 35 s is not taken for the reply to the next request',
    async () => {
      await withRequestInHand(lab, async (reply) => {
        const continued = sleep(stopMs).then(() => {
          lab.daemon.signal('SIGCONT');
        });
        lab.daemon.signal('SIGSTOP');
        await assertExpires(reply);
        const next = ask(lab);
        await continued;
        assert.deepEqual(await next, answer);
      });
      await assertServes(lab);
    },
  );
}

/** The driver gives a daemon 30 s, then fails the request itself. */
async function assertExpires(reply: Promise<{ readonly status: number }>): Promise<void> {
  const start = performance.now();
  assert.equal((await reply).status, Status.fail);
  const afterMs = performance.now() - start;
  assert.ok(afterMs > expiryMs[0] && afterMs < expiryMs[1], `the driver answered after ${afterMs.toFixed()} ms`);
}

/** Of an emulated processor on a busy machine; on a real one the daemon is held to 100 ms, by its process tests. */
const atOnceMs = 1000;
const stopMs = 35_000;
const expiryMs = [29_000, 33_000] as const;

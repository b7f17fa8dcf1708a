import assert from 'node:assert/strict';
import { eventually } from './eventually.ts';
import type { Lab } from './lab.ts';
import { assertServes } from './question.ts';
import { withRequestInHand } from './request-in-hand.ts';

const rounds = 4;
/** For the start of a program on the emulated processor, which is no measure of anything. */
const startTimeoutMs = 30_000;

/** The host withdraws its service and offers it again; the daemon stays. */
export async function checkService(lab: Lab): Promise<void> {
  const { channel } = lab;

  for (let round = 1; round <= rounds; round += 1) {
    await lab.check(
      `the daemon lets go of a withdrawn service and serves it when it is back, round ${round}`,
      async () => {
        await channel.withdraw();
        await channel.offer();
        await assertServes(lab);
      },
    );
  }

  await lab.check('the daemon outlives a service that is withdrawn while it has a request in hand', async () => {
    await withRequestInHand(lab, async (reply) => {
      await Promise.all([assert.rejects(reply, { code: 'ECANCELED' }), channel.withdraw()]);
    });
    await channel.offer();
    await assertServes(lab);
  });

  await lab.check('the daemon goes on after a hibernation', async () => {
    await channel.hibernate();
    await assertServes(lab);
  });

  await lab.check('the reply to a request from before a hibernation is not taken, and the daemon goes on', async () => {
    await withRequestInHand(lab, async (reply) => {
      await Promise.all([assert.rejects(reply, { code: 'ECANCELED' }), channel.hibernate()]);
    });
    await eventually(() => {
      assert.match(lab.daemon.log, /the driver rejected a reply/);
    });
    await assertServes(lab);
  });

  await lab.check('a daemon that finds no service at its start waits for one', async () => {
    await lab.stopDaemon();
    await channel.withdraw();
    lab.startDaemon();
    await eventually(() => {
      assert.match(lab.daemon.log, /waiting for the device/);
    }, startTimeoutMs);
    await channel.offer();
    await assertServes(lab);
  });
}

import assert from 'node:assert/strict';
import { Status } from '../../../../src/message/status.ts';
import type { Check } from './check.ts';
import { eventually } from './eventually.ts';
import { apply, assertHas, eventuallyHas } from './expectations.ts';
import type { Lab } from './lab.ts';
import { requestFor, wishes } from './wish.ts';

const before = wishes.staticIpv4;
const wanted = wishes.nameServers;

export function mishaps(): readonly Check[] {
  return [
    [
      'a command of the manager that fails leaves the former addresses',
      async (lab) => {
        await apply(lab, before);
        await lab.arrange('fail');
        assert.deepEqual(await lab.simulator.host.setIpInfo(requestFor(wanted)), { status: Status.fail });
        assert.ok(!lab.isMishapDue, 'the command that was to fail has not been called');
        await assertHas(lab, before);
        await lab.rebootManager();
        await eventuallyHas(lab, before);
      },
    ],
    [
      'a daemon killed in the middle goes back to the former addresses at its next start, or finishes',
      async (lab) => {
        await apply(lab, before);
        await lab.arrange('hang');
        const reply = lab.simulator.host.setIpInfo(requestFor(wanted));
        await eventually(() => lab.isCommandHanging);
        await lab.killDaemon();
        assert.deepEqual(await reply, { status: Status.fail });
        await lab.startDaemon();
        const settled = await eitherOf(lab, before, wanted);
        await lab.rebootManager();
        await eventuallyHas(lab, settled);
      },
    ],
    [
      'a request that comes before the manager is up waits for it',
      async (lab) => {
        await apply(lab, before);
        await lab.holdManager();
        const reply = lab.simulator.host.setIpInfo(requestFor(wanted));
        await Promise.race([reply, pause()]);
        await lab.releaseManager();
        assert.deepEqual(await reply, { status: Status.ok });
        await eventuallyHas(lab, wanted);
      },
    ],
    [
      'a request right after the start of the guest waits for the manager',
      async (lab) => {
        await lab.holdManager();
        await lab.killDaemon();
        await lab.startDaemon();
        const reply = lab.simulator.host.setIpInfo(requestFor(before));
        await Promise.race([reply, pause()]);
        await lab.releaseManager();
        assert.deepEqual(await reply, { status: Status.ok });
        await eventuallyHas(lab, before);
      },
    ],
  ];
}

/** The one of two configurations in which the daemon settles. */
async function eitherOf(lab: Lab, one: typeof before, other: typeof wanted): Promise<typeof before | typeof wanted> {
  try {
    await eventuallyHas(lab, one);
    return one;
  } catch (error) {
    if (!(error instanceof assert.AssertionError)) throw error;
    await assertHas(lab, other);
    return other;
  }
}

/** Time in which a daemon that does not wait would have failed. */
function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}

const pauseMs = 1000;

import assert from 'node:assert/strict';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import type { HostReply } from '../../../../src/simulator/host.ts';
import type { HostRecord } from '../../../../src/simulator/host-reply.ts';
import type { Lab } from './lab.ts';

/** A question that any daemon can answer at any time: the guest's OSName. */
export function ask({ host }: Lab): Promise<HostReply<HostRecord>> {
  return host.enumerateAt(PoolNumber.auto, osNameIndex);
}

/** The reply to it. */
export const answer = { status: Status.ok, value: { key: 'OSName', value: 'Guest Linux' } };

/** The question is answered by the daemon that runs now. */
export async function assertServes(lab: Lab): Promise<void> {
  const ended = lab.daemon.ending().then(({ status, signal }) => {
    assert.fail(`the daemon has ended with ${status ?? signal ?? 'nothing'}`);
  });
  assert.deepEqual(await Promise.race([ask(lab), ended]), answer);
}

const osNameIndex = 5;

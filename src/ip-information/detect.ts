import type { Adapter } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import { answerWithin, type Deadline } from './deadline.ts';
import type { BackEnd, BackEndName } from './plan.ts';

/**
 * The back end that the configuration names, or the first that really has the adapter: waited for, because a request may come
 * before the network manager has been up for the first time.
 */
export async function findBackEnd(
  choice: BackEndName | 'auto',
  backEnds: readonly BackEnd[],
  adapter: Adapter,
  machine: Machine,
  deadline: Deadline,
): Promise<BackEnd | undefined> {
  if (choice !== 'auto') return backEnds.find(({ name }) => name === choice);
  const candidates = backEnds.filter(({ name }) => name !== 'script');
  return await answerWithin(deadline, () => firstThatManages(candidates, adapter, machine));
}

/** Waits for a network manager. One that is not up in time is told all the same: it knows best what is wrong. */
export async function waitUntilReady(
  backEnd: BackEnd,
  adapter: Adapter,
  machine: Machine,
  deadline: Deadline,
): Promise<void> {
  await answerWithin(deadline, async () => (await backEnd.isReady(machine, adapter)) || undefined);
}

async function firstThatManages(
  backEnds: readonly BackEnd[],
  adapter: Adapter,
  machine: Machine,
): Promise<BackEnd | undefined> {
  for (const backEnd of backEnds) {
    if (await backEnd.manages(machine, adapter)) return backEnd;
  }
  return undefined;
}

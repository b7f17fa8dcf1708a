import type { Adapter } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import { answerWithin, type Deadline } from './deadline.ts';
import type { BackEnd, BackEndName } from './plan.ts';

/**
 * The back end that the configuration names, or the first that really has the adapter. A request may come before the network
 * manager is up, so it is waited for; without one in time, one that was named is taken all the same.
 */
export async function findBackEnd(
  choice: BackEndName | 'auto',
  backEnds: readonly BackEnd[],
  adapter: Adapter,
  machine: Machine,
  deadline: Deadline,
): Promise<BackEnd | undefined> {
  if (choice === 'auto') {
    const candidates = backEnds.filter(({ name }) => name !== 'script');
    return await answerWithin(deadline, () => firstThatManages(candidates, adapter, machine));
  }
  const named = backEnds.find(({ name }) => name === choice);
  await answerWithin(deadline, () => named === undefined || named.isRunning(machine) || undefined);
  return named;
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

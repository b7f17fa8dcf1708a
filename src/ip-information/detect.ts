import type { Adapter } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import { answerWithin, type Deadline } from './deadline.ts';
import type { BackEnd, BackEndName } from './plan.ts';

/** Some network managers are asked by programs of theirs, which take more of the processor than what is waited for. */
const longestPauseMs = 500;

/**
 * The back end that the configuration names; or the first that runs and has the adapter, waited for because a request may come before
 * the network manager has been up for the first time; or, for an adapter that nobody has, one that runs and takes it; or, where no
 * network manager is known, the site's script.
 */
export async function findBackEnd(
  choice: BackEndName | 'auto',
  backEnds: readonly BackEnd[],
  adapter: Adapter,
  machine: Machine,
  deadline: Deadline,
): Promise<BackEnd | undefined> {
  if (choice !== 'auto') return backEnds.find(({ name }) => name === choice);
  const managers = backEnds.filter(({ name }) => name !== 'script');
  const owning = await answerWithin(
    deadline,
    () => first(managers, (each) => each.manages(machine, adapter)),
    longestPauseMs,
  );
  if (owning !== undefined) return owning;
  const adopting = await first(managers, (each) => each.canAdopt?.(machine, adapter) ?? false);
  if (adopting !== undefined) return adopting;
  return await first(
    backEnds.filter(({ name }) => name === 'script'),
    (each) => each.manages(machine, adapter),
  );
}

/** Waits for a network manager. One that is not up in time is used all the same: its own error says best what is wrong. */
export async function waitUntilReady(
  backEnd: BackEnd,
  adapter: Adapter,
  machine: Machine,
  deadline: Deadline,
): Promise<void> {
  await answerWithin(deadline, async () => (await backEnd.isReady(machine, adapter)) || undefined, longestPauseMs);
}

async function first(
  backEnds: readonly BackEnd[],
  holds: (backEnd: BackEnd) => boolean | Promise<boolean>,
): Promise<BackEnd | undefined> {
  for (const backEnd of backEnds) {
    if (await holds(backEnd)) return backEnd;
  }
  return undefined;
}

import { Guest } from './guest.ts';
import type { Scenario } from './read.ts';
import { takeStep } from './steps.ts';
import { treeOf } from './tree-of.ts';

export interface Outcome {
  /** What does not hold; undefined if all does. */
  readonly trouble: string | undefined;
  /** Whether it is the lab that failed: also where the machine never was as the scenario has it before the first request. */
  readonly isOfTheLab: boolean;
}

/** Plays a scenario; once more if the lab failed, which it does on a machine with too much to do. */
export async function play(scenario: Scenario, isVerbose: boolean, signal: AbortSignal): Promise<Outcome> {
  const outcome = await playOnce(scenario, isVerbose, signal);
  return outcome.isOfTheLab && !signal.aborted ? await playOnce(scenario, isVerbose, signal) : outcome;
}

async function playOnce(scenario: Scenario, isVerbose: boolean, signal: AbortSignal): Promise<Outcome> {
  let guest: Guest | undefined;
  try {
    guest = new Guest(scenario, await treeOf(scenario), isVerbose);
    await guest.boot();
    for (const [index, step] of scenario.steps.entries()) {
      signal.throwIfAborted();
      const trouble = await takeStep(step, guest);
      if (trouble === undefined) continue;
      const isBeforeRequests = !scenario.steps.slice(0, index + 1).some((each) => 'set' in each || 'get' in each);
      return { trouble: `step ${index + 1}: ${trouble}`, isOfTheLab: isBeforeRequests };
    }
    return { trouble: undefined, isOfTheLab: false };
  } catch (error) {
    return { trouble: `the lab: ${error instanceof Error ? error.message : String(error)}`, isOfTheLab: true };
  } finally {
    await guest?.close();
  }
}

import type { Stack } from '../stacks/stack.ts';
import type { Check } from './check.ts';
import { Lab } from './lab.ts';

export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/**
 * Runs the checks on one stack, all in one guest, but after a failure in a fresh one. Prints and counts the outcomes;
 * `signal` ends the run after the guest is gone.
 */
export async function runChecks(
  stack: Stack,
  tree: string,
  checks: readonly Check[],
  signal: AbortSignal,
): Promise<Tally> {
  const outcomes: boolean[] = [];
  let lab: Lab | undefined;
  try {
    for (const check of checks) {
      if (signal.aborted) break;
      lab ??= await Lab.open(stack, tree);
      const passed = await runCheck(check, lab, signal);
      if (passed === undefined) break;
      outcomes.push(passed);
      if (passed) continue;
      await lab.close();
      lab = undefined;
    }
  } finally {
    await lab?.close();
  }
  const passed = outcomes.filter(Boolean).length;
  return { passed, failed: outcomes.length - passed };
}

/** Whether the check passed; undefined if it was interrupted. */
async function runCheck([sentence, body]: Check, lab: Lab, signal: AbortSignal): Promise<boolean | undefined> {
  const { length: alreadyLogged } = await lab.log();
  const start = performance.now();
  const failure = await failureOf(body(lab), AbortSignal.any([signal, AbortSignal.timeout(checkTimeoutMs)]));
  if (signal.aborted) return undefined;
  const time = `${((performance.now() - start) / millisecondsInSecond).toFixed(1).padStart(shownTime)} s`;
  const title = `${time}  ${lab.stack.name}: ${sentence}`;
  if (failure === undefined) {
    console.log(`ok     ${title}`);
    return true;
  }
  const said = (await lab.log()).slice(alreadyLogged);
  console.log(`FAILED ${title}\n${[failure, said, await lab.managerLog()].map(indented).join('\n')}`);
  return false;
}

const checkTimeoutMs = 60_000;
const millisecondsInSecond = 1000;
const shownTime = 5;

async function failureOf(body: Promise<void>, signal: AbortSignal): Promise<string | undefined> {
  const cut = new Promise<string>((resolve) => {
    signal.addEventListener('abort', () => {
      resolve('it did not end');
    });
  });
  try {
    return (await Promise.race([body, cut])) ?? undefined;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  } finally {
    // What becomes of a check that was interrupted is of no interest.
    body.catch(() => undefined);
  }
}

function indented(text: string): string {
  return text.trim().replaceAll(/^/gm, '        ');
}

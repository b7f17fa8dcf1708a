import { readGivenFile } from '../whole-input.ts';
import { ExitStatus } from '../exit-status.ts';
import type { Output } from '../output.ts';
import { helpText, perform } from './actions.ts';
import type { GuestOptions, SimulatedGuest } from './guest.ts';
import { playGuest } from './play.ts';
import { Prompt } from './prompt.ts';
import { Telling } from './telling.ts';

/** Plays host and driver; the status is 0 if every command did what it says and the daemon kept the rules, else 1. */
export async function simulate(
  options: Omit<GuestOptions, 'log'>,
  script: string | undefined,
  output: Output,
): Promise<ExitStatus> {
  const tell = new Telling(output);
  let prompt: Prompt | undefined;
  const log = (line: string): void => {
    const print = (): void => {
      tell.log(line);
    };
    if (prompt === undefined) print();
    else prompt.above(print);
  };
  return await playGuest({ ...options, log }, async (guest) => {
    let failures: number;
    if (script === undefined) {
      tell.guest(guest);
      if (!output.json) output.write(`${helpText}\n`);
      prompt = new Prompt(output);
      failures = await takeLines(guest, tell, prompt);
    } else {
      // Over at once, and its guest with it: nobody needs to know where that is.
      failures = await runScript(guest, await linesOf(script), tell);
    }
    const { violations } = guest.simulator;
    for (const violation of violations) tell.violation(violation);
    return failures + violations.length === 0 ? ExitStatus.ok : ExitStatus.notFound;
  });
}

async function linesOf(script: string): Promise<readonly string[]> {
  return String(await readGivenFile(script))
    .trimEnd()
    .split('\n');
}

/** Comments are printed. Returns the number of commands that failed. */
async function runScript(guest: SimulatedGuest, lines: readonly string[], tell: Telling): Promise<number> {
  let failures = 0;
  for (const line of lines) {
    if (line.startsWith('#') || line.trim() === '') {
      tell.story(line.replace(/^#\s?/, ''));
      continue;
    }
    const outcome = await perform(line, guest);
    tell.outcome(line, outcome, 'script');
    if (!outcome.succeeded) failures += 1;
    if (outcome.quits) break;
  }
  return failures;
}

/** From standard input. At a terminal a failed command is the user's own business; from a pipe it counts. */
async function takeLines(guest: SimulatedGuest, tell: Telling, lines: Prompt): Promise<number> {
  let failures = 0;
  for await (const line of lines) {
    const outcome = line.trim() === '' || line.startsWith('#') ? undefined : await perform(line, guest);
    if (outcome !== undefined) tell.outcome(line, outcome, 'prompt');
    if (outcome?.succeeded === false) failures += 1;
    if (outcome?.quits === true) break;
  }
  lines.close();
  return process.stdin.isTTY ? 0 : failures;
}

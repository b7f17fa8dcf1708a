import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ExitStatus } from './exit-status.ts';
import type { Output } from './output.ts';
import { helpText, perform } from './simulate-actions.ts';
import type { GuestOptions, SimulatedGuest } from './simulate-guest.ts';
import { playGuest } from './simulate-play.ts';
import { prompt, type Telling, telling } from './simulate-telling.ts';

/** Plays host and driver; the status is 0 if every command did what it says and the daemon kept the rules, else 1. */
export async function simulate(
  options: Omit<GuestOptions, 'log'>,
  script: string | undefined,
  output: Output,
): Promise<ExitStatus> {
  const tell = telling(output);
  return await playGuest({ ...options, log: tell.log }, async (guest) => {
    const lines = script === undefined ? undefined : readFileSync(script, 'utf8').trimEnd().split('\n');
    const failures = await (lines === undefined ? takeLines(guest, tell, output) : runScript(guest, lines, tell));
    const { violations } = guest.simulator;
    for (const violation of violations) tell.violation(violation);
    return failures + violations.length === 0 ? ExitStatus.ok : ExitStatus.notFound;
  });
}

/** Comments tell the story. Returns the number of commands that failed. */
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
async function takeLines(guest: SimulatedGuest, tell: Telling, output: Output): Promise<number> {
  const lines = createInterface({ input: process.stdin, ...(!output.json && { output: process.stdout, prompt }) });
  let failures = 0;
  let isOpen = true;
  lines.once('close', () => {
    isOpen = false;
  });
  const ask = (): void => {
    if (output.json) return;
    // Once a pipe is read to its end, Node 24 and later refuse to prompt, whatever lines are still to come.
    if (isOpen) lines.prompt();
    else output.write(prompt);
  };
  if (!output.json) output.write(`${helpText}\n`);
  ask();
  for await (const line of lines) {
    const outcome = line.trim() === '' || line.startsWith('#') ? undefined : await perform(line, guest);
    if (outcome !== undefined) tell.outcome(line, outcome, 'prompt');
    if (outcome?.succeeded === false) failures += 1;
    if (outcome?.quits === true) break;
    ask();
  }
  lines.close();
  return process.stdin.isTTY ? 0 : failures;
}

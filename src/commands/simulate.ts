import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { ExitStatus } from './exit-status.ts';
import { helpText, perform } from './simulate-actions.ts';
import type { GuestOptions, SimulatedGuest } from './simulate-guest.ts';
import { playGuest } from './simulate-play.ts';
import { narration } from './simulate-view.ts';

const prompt = 'host> ';

/** Plays host and driver; the status is 0 if every command did what it says and the daemon kept the rules, else 1. */
export async function simulate(options: Omit<GuestOptions, 'log'>, script: string | undefined): Promise<ExitStatus> {
  const log = (line: string): void => {
    print(`  daemon: ${line}`);
  };
  return await playGuest({ ...options, log }, async (guest) => {
    const lines = script === undefined ? undefined : readFileSync(script, 'utf8').trimEnd().split('\n');
    const failures = await (lines === undefined ? offerPrompt(guest) : runScript(guest, lines));
    const { violations } = guest.simulator;
    for (const violation of violations) print(`the daemon broke a rule of the driver: ${violation}`);
    return failures + violations.length === 0 ? ExitStatus.ok : ExitStatus.notFound;
  });
}

/** Comments tell the story. Returns the number of commands that failed. */
async function runScript(guest: SimulatedGuest, lines: readonly string[]): Promise<number> {
  let failures = 0;
  for (const line of lines) {
    if (line.startsWith('#')) {
      print(narration(line.replace(/^#\s?/, '')));
    } else if (line.trim() === '') {
      print('');
    } else {
      // In one piece, so that the daemon's log does not come between.
      const outcome = await perform(line, guest);
      print(`${prompt}${line}\n${outcome.text}`);
      if (!outcome.succeeded) failures += 1;
      if (outcome.quits) break;
    }
  }
  return failures;
}

/** At a terminal a failed command is the user's own business; from a pipe it counts. */
async function offerPrompt(guest: SimulatedGuest): Promise<number> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout, prompt });
  let failures = 0;
  print(helpText);
  terminal.prompt();
  for await (const line of terminal) {
    const outcome = line.trim() === '' || line.startsWith('#') ? undefined : await perform(line, guest);
    if (outcome !== undefined) print(outcome.text);
    if (outcome?.succeeded === false) failures += 1;
    if (outcome?.quits === true) break;
    terminal.prompt();
  }
  terminal.close();
  return process.stdin.isTTY ? 0 : failures;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

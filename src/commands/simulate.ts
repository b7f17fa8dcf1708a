import { readFileSync } from 'node:fs';
import { constants } from 'node:os';
import { createInterface } from 'node:readline';
import { isSystemError } from '../device/system-error.ts';
import type { System } from '../message/dialect.ts';
import { helpText, perform } from './simulate-actions.ts';
import { GuestFailure, SimulatedGuest } from './simulate-guest.ts';
import { narration } from './simulate-view.ts';

/** The command line of `hvkvp simulate`. */
export interface SimulateOptions {
  readonly platform: System;
  readonly script?: string;
  readonly daemon?: string;
  readonly poolDir?: string;
  readonly controlSocket?: string;
}

const prompt = 'host> ';
const failure = 1;
/** A shell's way to say which signal ended a program. */
const signalStatus = 128;

/** Plays host and driver; returns the exit status: 0 if every command did what it says and the daemon kept the rules. */
export async function simulate({
  platform: system,
  script,
  daemon,
  poolDir,
  controlSocket,
}: SimulateOptions): Promise<number> {
  exitOnSignals();
  try {
    const lines = script === undefined ? undefined : readFileSync(script, 'utf8').trimEnd().split('\n');
    const guest = new SimulatedGuest({
      system,
      daemon,
      poolDirectory: poolDir,
      controlSocket,
      log: (line) => {
        print(`  daemon: ${line}`);
      },
    });
    try {
      await guest.start();
      const failures = await guest.whileAlive(lines === undefined ? offerPrompt(guest) : runScript(guest, lines));
      for (const violation of guest.simulator.violations) print(`the daemon broke a rule of the driver: ${violation}`);
      return failures + guest.simulator.violations.length === 0 ? 0 : failure;
    } finally {
      await guest.stop();
    }
  } catch (error) {
    if (!(error instanceof GuestFailure || isSystemError(error))) throw error;
    process.stderr.write(`hvkvp simulate: ${error.message}\n`);
    return failure;
  }
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

/** Leads every end to the exit handler that takes the daemon and the temporary folder away. */
function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(signalStatus + constants.signals[signal]));
  }
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

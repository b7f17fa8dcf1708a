import { isSystemError } from '../device/system-error.ts';
import type { Machine } from '../platform/machine.ts';
import { answerWithin, Deadline } from './deadline.ts';
import { removeFile } from './durable-file.ts';
import { restoreFile, type SavedFile, saveFile, writeFile } from './files.ts';
import type { Command, Plan } from './plan.ts';
import { type ChangeRecord, writeRecord } from './record.ts';

export interface Change {
  readonly adapter: string;
  readonly backEnd: string;
  readonly plan: Plan;
  /** Whether the network manager is still at work on the adapter. */
  readonly isBusy: () => boolean;
  /** What is not yet as it shall be; undefined once all is. */
  readonly difference: () => Promise<string | undefined>;
  /** The same for the former state. */
  readonly loss: () => Promise<string | undefined>;
}

export interface Surroundings {
  readonly machine: Machine;
  /** Where the record of the change is kept. */
  readonly record: string;
  readonly warn: (text: string) => void;
}

/** How long one command of a roll-back may take; the host does not wait for it. */
const undoTimeoutMs = 60_000;
/** How long the former addresses may take to come back, until we complain. */
const comeBackMs = 10_000;

/**
 * Carries out a plan and waits until the adapter has what it shall have. If it has not by the deadline, or anything fails before,
 * all is undone. Returns why, or undefined if the change is made.
 */
export async function apply(
  change: Change,
  deadline: Deadline,
  surroundings: Surroundings,
): Promise<string | undefined> {
  const { adapter, backEnd, plan } = change;
  const { machine, record: path } = surroundings;
  const saved = plan.files.map((file) => saveFile(machine, file));
  const record: ChangeRecord = { adapter, backEnd, saved, undo: plan.undo };
  writeRecord(path, record);
  const trouble = await attempt(change, deadline, machine);
  if (trouble === undefined) {
    removeFile(path);
    return undefined;
  }
  await rollBack(record, surroundings);
  const lost = await troubleWithin(new Deadline(comeBackMs), change.loss, change.isBusy);
  if (lost !== undefined) surroundings.warn(`the former addresses of ${adapter} did not come back: ${lost}`);
  return trouble;
}

/** Brings back what a record holds: as many of the files as can be, also if no command can be run. */
export async function rollBack(record: ChangeRecord, { machine, record: path, warn }: Surroundings): Promise<void> {
  const undo = async (commands: readonly Command[]): Promise<void> => {
    for (const command of commands) {
      const failure = await run(command, undoTimeoutMs, machine);
      if (failure !== undefined) warn(`while undoing a change of ${record.adapter}: ${failure}`);
    }
  };
  await undo(record.undo.before);
  const failures = record.saved.filter((file) => !isRestored(file, machine, warn));
  await undo(record.undo.commands);
  // Otherwise the record stays, for the next start or request to try again.
  if (failures.length === 0) removeFile(path);
}

/** Whether a file need not be tried again. */
function isRestored(file: SavedFile, machine: Machine, warn: (text: string) => void): boolean {
  try {
    if (!restoreFile(machine, file)) warn(`${file.path} was written by somebody else meanwhile: left as it is`);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    warn(`cannot bring back ${file.path}: ${error.message}`);
    return false;
  }
}

/** What went wrong; undefined if nothing did. */
async function attempt(change: Change, deadline: Deadline, machine: Machine): Promise<string | undefined> {
  const { before, files, commands } = change.plan;
  try {
    const early = await runAll(before, deadline, machine);
    if (early !== undefined) return early;
    for (const file of files) writeFile(machine, file);
    const late = await runAll(commands, deadline, machine);
    if (late !== undefined) return late;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.message;
  }
  return await troubleWithin(deadline, change.difference, change.isBusy);
}

/**
 * How often in a row all must be well. A network manager may take away at once what it has just set, to set it anew; one that says
 * that it is at work is watched for longer, but not for ever: it may wait for a router that does not exist.
 */
const readings = { idle: 2, busy: 10 } as const;

/** What is still amiss when the time is over; undefined as soon as nothing is any more. */
async function troubleWithin(
  deadline: Deadline,
  ask: () => Promise<string | undefined>,
  isBusy: () => boolean,
): Promise<string | undefined> {
  let trouble: string | undefined;
  let inARow = 0;
  await answerWithin(deadline, async () => {
    trouble = await ask();
    inARow = trouble === undefined ? inARow + 1 : 0;
    return inARow >= (isBusy() ? readings.busy : readings.idle) || undefined;
  });
  return trouble;
}

async function runAll(commands: readonly Command[], deadline: Deadline, machine: Machine): Promise<string | undefined> {
  for (const command of commands) {
    const failure = deadline.isOver() ? 'there was no time left' : await run(command, deadline.remainingMs(), machine);
    if (failure !== undefined) return failure;
  }
  return undefined;
}

/** How a command failed; undefined if it did not. */
async function run(
  { program, args, judgedBy = 'status' }: Command,
  timeoutMs: number,
  machine: Machine,
): Promise<string | undefined> {
  const { status, errors } = await machine.run(program, args, { timeoutMs });
  if (judgedBy === 'nothing') return undefined;
  if (status === 0 && (judgedBy === 'status' || errors.trim() === '')) return undefined;
  const [firstLine] = errors.trim().split('\n');
  return `${[program, ...args].join(' ')}: ${status === undefined ? 'failed' : `status ${status}`}: ${firstLine ?? ''}`;
}

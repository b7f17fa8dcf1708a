import { isSystemError } from '../device/system-error.ts';
import type { Machine } from '../platform/machine.ts';
import { Deadline } from './deadline.ts';
import { removeFile, writePrivately } from './durable-file.ts';
import { isStill, type SavedFile, writeFile } from './files.ts';
import type { Command, Plan } from './plan.ts';
import type { ChangeRecord } from './record.ts';
import { lossOf, rollBack, type Surroundings } from './roll-back.ts';
import { runStep } from './run-step.ts';
import { troubleWithin } from './settle-down.ts';
import type { AdapterState } from './state.ts';

export interface Change {
  readonly adapter: string;
  readonly backEnd: string;
  readonly plan: Plan;
  /** The plan's files as they are before it. */
  readonly saved: readonly SavedFile[];
  /** What the adapter had before. */
  readonly former: AdapterState;
  /** Whether the network manager is still at work on the adapter. */
  readonly isBusy: () => boolean;
  /** What is not yet as it shall be; undefined once all is. */
  readonly difference: () => Promise<string | undefined>;
}

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
  const { adapter, backEnd, plan, saved, former } = change;
  const { machine, record: path } = surroundings;
  const record: ChangeRecord = { adapter, backEnd, saved, former, undo: plan.undo };
  writePrivately(path, record);
  const trouble = await attempt(change, deadline, machine);
  if (trouble === undefined) {
    removeFile(path);
    return undefined;
  }
  await rollBack(record, surroundings);
  const lost = await troubleWithin(new Deadline(comeBackMs), () => lossOf(record, surroundings), change.isBusy);
  if (lost !== undefined) surroundings.warn(`the previous addresses of ${adapter} were not restored: ${lost}`);
  return trouble;
}

/** What went wrong; undefined if nothing did. */
async function attempt(change: Change, deadline: Deadline, machine: Machine): Promise<string | undefined> {
  const { before, files, commands } = change.plan;
  try {
    const early = await runAll(before, deadline, machine);
    if (early !== undefined) return early;
    const edited = change.saved.find((file) => isEdited(file, machine));
    if (edited !== undefined) return `${edited.path} was changed by another program meanwhile`;
    for (const file of files) writeFile(machine, file);
    const late = await runAll(commands, deadline, machine);
    if (late !== undefined) return late;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    return error.message;
  }
  return await troubleWithin(deadline, change.difference, change.isBusy);
}

/** What somebody has saved while the commands ran is not ours to write over. But a DHCP client that ends may write the resolver's file. */
function isEdited(file: SavedFile, machine: Machine): boolean {
  return file.digest !== null && file.path !== '/etc/resolv.conf' && !isStill(machine, file);
}

async function runAll(commands: readonly Command[], deadline: Deadline, machine: Machine): Promise<string | undefined> {
  for (const command of commands) {
    const isOver = deadline.isOver();
    const trouble = isOver ? 'no time was left' : await runStep(command, deadline.remainingMs(), machine);
    if (trouble !== undefined) return trouble;
  }
  return undefined;
}

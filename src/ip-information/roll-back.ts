import { isSystemError } from '../device/system-error.ts';
import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import { removeFile } from './durable-file.ts';
import { restoreFile, type SavedFile } from './files.ts';
import type { Command } from './plan.ts';
import type { ChangeRecord } from './record.ts';
import { runStep } from './run-step.ts';
import { readState } from './state.ts';
import { loss } from './verify.ts';

export interface Surroundings {
  readonly platform: Platform;
  readonly machine: Machine;
  /** Where the record of the change is kept. */
  readonly record: string;
  readonly warn: (text: string) => void;
}

/** How long one command of a roll-back may take; the host does not wait for it. */
const undoTimeoutMs = 60_000;

/**
 * Brings back what a record holds: as many of the files as can be, also if no command can be run. The record goes once the former
 * state is there; until then it stays, for the next start or request to try again.
 */
export async function rollBack(record: ChangeRecord, surroundings: Surroundings): Promise<void> {
  const { machine, record: path, warn } = surroundings;
  const undo = async (commands: readonly Command[]): Promise<boolean> => {
    let isDone = true;
    for (const command of commands) {
      const trouble = await runStep(command, undoTimeoutMs, machine);
      if (trouble === undefined) continue;
      isDone = false;
      warn(`while undoing a change of ${record.adapter}: ${trouble}`);
    }
    return isDone;
  };
  const isDown = await undo(record.undo.before);
  const failures = record.saved.filter((file) => !isRestored(file, machine, warn));
  const isUp = await undo(record.undo.commands);
  if (failures.length > 0) return;
  const lost = isDown && isUp ? undefined : await lossOf(record, surroundings);
  if (lost === undefined) removeFile(path);
  else warn(`the change of ${record.adapter} is not fully undone yet; another attempt follows: ${lost}`);
}

/** What the adapter has not as it was before the change; undefined if all is. */
export async function lossOf(record: ChangeRecord, { platform }: Surroundings): Promise<string | undefined> {
  return loss(record.former, await readState(platform, record.adapter));
}

/** Whether a file need not be tried again. */
function isRestored(file: SavedFile, machine: Machine, warn: (text: string) => void): boolean {
  try {
    if (!restoreFile(machine, file)) warn(`${file.path} was changed by another program meanwhile: left as it is`);
    return true;
  } catch (error) {
    if (!isSystemError(error)) throw error;
    warn(`cannot restore ${file.path}: ${error.message}`);
    return false;
  }
}

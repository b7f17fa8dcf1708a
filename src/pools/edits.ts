import { isSystemError } from '../device/system-error.ts';
import { type Again, atOnce, type Done, done, spoilt } from './attempt.ts';
import type { Change } from './change.ts';
import type { Disk } from './disk.ts';
import type { Durability } from './journal-entry.ts';
import { type Journal, recordsPerStep } from './journal.ts';
import type { PoolFile } from './pool-file.ts';
import { haveSameKey, recordSize } from './record.ts';
import { TruncationGuard } from './truncation-guard.ts';

/** A pool file whose exclusive locks we hold, and its journal, in which no change is pending. */
export interface Edited {
  readonly file: PoolFile;
  readonly journal: Journal;
  readonly disk: Disk;
  readonly durability: Durability;
  /** Where a neighbour's ragged tail is saved; a number is added. */
  readonly tailPath: string;
  /** For two records; one edit uses it at a time. */
  readonly room: Buffer;
}

/** How an edit ended. If it is spoilt the file is sound; that it is shorter than it must be is for the caller to see. */
export type Outcome = Done<undefined> | Again;

const made = done(undefined);

/** Writes a record over another one with the same key, in a file of this size. */
export function overwriteRecord(edited: Edited, size: number, offset: number, after: Buffer): Outcome {
  const { file, journal, room } = edited;
  // With the record before it, in one read.
  const start = Math.max(offset - recordSize, 0);
  const found = file.read(room.subarray(0, offset - start + recordSize), start);
  const before = found.subarray(offset - start);
  if (before.length < recordSize || !haveSameKey(after, before)) return spoilt;
  const guard = new TruncationGuard(file, offset, found.subarray(0, offset - start));
  makeChange(edited, size, { kind: 'overwrite', offset, before, after }, () => {
    file.write(after, offset);
  });
  const outcome = guard.heal(offset + recordSize) ? spoilt : made;
  journal.done();
  return outcome;
}

/** Writes records behind the last one, at most {@link recordsPerStep}, in a file of this size, which must be a whole number of records. */
export function appendRecords(edited: Edited, size: number, after: Buffer): Outcome {
  const { file, journal } = edited;
  makeChange(edited, size, { kind: 'append', offset: size, after }, () => {
    // To the end wherever that is by now, so that nothing is overwritten that a neighbour appended without a lock.
    file.write(after, 'end');
  });
  const place = placeOf(after, file, size);
  journal.done();
  if (place === undefined) return spoilt;
  if (place % recordSize === 0) return made;
  // In the middle of a record that a neighbour writes in two parts.
  removeDebris(edited, place, after.length);
  return spoilt;
}

/** Where the bytes are that were appended when the file had this size; undefined if they are not there. */
function placeOf(after: Buffer, file: PoolFile, size: number): number | undefined {
  const sizeNow = file.size();
  if (sizeNow < size + after.length) return undefined;
  const found = file.read(Buffer.alloc(sizeNow - size), size);
  const at = found.indexOf(after);
  return at < 0 ? undefined : size + at;
}

/** Takes a record out, in steps; those behind it move down. */
export function removeRecord(edited: Edited, offset: number): Generator<undefined, Outcome> {
  return closeHole(edited, { offset, length: recordSize, binding: false });
}

/** Takes bytes out that are of no worth, and must go even if we crash before we have begun. */
export function removeDebris(edited: Edited, offset: number, length: number): Outcome {
  return atOnce(closeHole(edited, { offset, length, binding: true }));
}

/**
 * Empties the file. A size changes at once or not at all, a file system zeroes nothing when it cuts at the very beginning, and no
 * change of ours is pending: there is nothing to write down, since a crash leaves the old file or the empty one.
 */
export function removeAll({ file, journal, durability }: Edited): void {
  // Of a process that died before it began, see Journal.isAsLeft. The next change that is written down takes its place; this is none.
  if (journal.pending(file.identity.inode) !== undefined) journal.done();
  file.truncate(0);
  if (durability === 'disk') file.sync();
}

/**
 * Puts these records in the place of all that the file holds, which is given. What the system cannot do leaves the file as it was; if we
 * are killed, it has a first part of the new records.
 */
export function replaceAll(edited: Edited, before: Buffer, records: readonly Buffer[]): Outcome {
  const { file, journal, durability } = edited;
  try {
    removeAll(edited);
    for (let start = 0; start < records.length; start += recordsPerStep) {
      const size = file.size();
      if (size % recordSize !== 0) return spoilt;
      const outcome = appendRecords(edited, size, Buffer.concat(records.slice(start, start + recordsPerStep)));
      if (outcome.kind !== 'done') return outcome;
    }
    return made;
  } catch (error) {
    // Into the room that it had, before anything is cut off.
    file.write(before, 0);
    file.truncate(before.length);
    if (durability === 'disk') file.sync();
    journal.done();
    throw error;
  }
}

interface OpenHole {
  readonly offset: number;
  readonly length: number;
  readonly binding: boolean;
}

/** In steps, each journaled over the one before, so that any file needs little memory and a journal of a fixed size. */
function* closeHole(edited: Edited, hole: OpenHole): Generator<undefined, Outcome> {
  const guard = new TruncationGuard(edited.file, hole.offset);
  let left = hole;
  for (;;) {
    const result = moveHole(edited, left, guard);
    if ('kind' in result) {
      edited.journal.done();
      return result;
    }
    left = result;
    yield;
  }
}

/** Returns the hole at its new place if there is more to do. */
function moveHole(edited: Edited, { offset, length, binding }: OpenHole, guard: TruncationGuard): Outcome | OpenHole {
  const { file } = edited;
  const size = file.size();
  // No more room than the file has bytes for: most removals are at the end.
  const room = Math.min(Math.max(size - offset, 0), length + recordsPerStep * recordSize);
  const bytes = file.read(Buffer.alloc(room), offset);
  if (bytes.length < length) return spoilt;
  const next = offset + bytes.length - length;
  return makeChange(edited, size, { kind: 'removal', offset, length, bytes, binding }, (): Outcome | OpenHole => {
    file.write(bytes.subarray(length), offset);
    if (guard.heal(next)) return spoilt;
    const sizeNow = file.size();
    if (sizeNow < size) return spoilt;
    // There may be more to move: behind this step, or behind what was the end, by a neighbour without a lock.
    if (next + length < sizeNow) return { offset: next, length, binding: true };
    const endGuard = new TruncationGuard(file, next);
    file.truncate(next);
    return endGuard.heal(next) ? spoilt : made;
  });
}

/** Journal, change, and sync if asked for; a change that fails is undone if it can be, and left to the replay if not. */
function makeChange<T>(edited: Edited, size: number, change: Change, make: () => T): T {
  const { file, journal, durability } = edited;
  journal.write(change, file.identity.inode, size);
  try {
    const result = make();
    if (durability === 'disk') file.sync();
    return result;
  } catch (error) {
    if (tryToUndo(edited, change, size)) journal.done();
    throw error;
  }
}

/** Whether the file is again what it was before the change and before anything that led to it. */
function tryToUndo({ file, durability }: Edited, change: Change, sizeBefore: number): boolean {
  try {
    const undone = undo(file, change, sizeBefore);
    if (undone && durability === 'disk') file.sync();
    return undone;
  } catch (error) {
    // The fault persists, and the caller is about to report it.
    if (isSystemError(error)) return false;
    throw error;
  }
}

function undo(file: PoolFile, change: Change, sizeBefore: number): boolean {
  const size = file.size();
  switch (change.kind) {
    case 'append': {
      const added = file.read(Buffer.alloc(change.after.length + 1), sizeBefore);
      if (!added.equals(change.after.subarray(0, added.length))) return false;
      if (added.length > 0) file.truncate(sizeBefore);
      return true;
    }
    case 'overwrite':
      if (size < sizeBefore) return false;
      file.write(change.before, change.offset);
      return true;
    case 'removal':
      if (size < sizeBefore) return false;
      file.write(change.bytes, change.offset);
      return !change.binding;
  }
}

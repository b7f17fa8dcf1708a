import type { Append, Change, Overwrite, Removal } from './change.ts';
import { keyOf, recordSize } from './record.ts';

/**
 * What may have happened to a write that did not end. `cut`: our process died, and the kernel had taken a first part of
 * it. `torn`: the power failed, and any byte may have reached the disk or not.
 */
export type Damage = 'cut' | 'torn';

/** The pool file as it was found. */
export interface FoundFile {
  readonly size: number;
  /** Fewer bytes where the file ends. */
  read(offset: number, length: number): Buffer;
}

/** What there is to do about a change that may be unfinished. */
export type Verdict =
  /** It never began, or it is finished, or a neighbour has cut it off. */
  | { readonly kind: 'nothing' }
  /** A neighbour has written here since. Its bytes win: they stay, and so does what is around them. */
  | { readonly kind: 'foreign' }
  /** Write the bytes, then close the hole. */
  | { readonly kind: 'repair'; readonly offset: number; readonly bytes: Buffer; readonly hole: Hole | undefined };

export interface Hole {
  readonly offset: number;
  readonly length: number;
}

const nothing: Verdict = { kind: 'nothing' };
const foreign: Verdict = { kind: 'foreign' };
const noBytes = Buffer.alloc(0);

/**
 * A kernel takes a write block by block, so a write that was cut ends at a multiple of this. The finer it is, the more
 * that a neighbour wrote would pass for ours.
 */
const sectorSize = 512;

/**
 * Decides from what was about to be done, the file's size before it, and the file as it is. No bytes but those of the change
 * before and after, mixed as the damage allows, are ever taken for ours.
 */
export function judge(change: Change, sizeBefore: number, file: FoundFile, damage: Damage): Verdict {
  switch (change.kind) {
    case 'overwrite':
      return judgeOverwrite(change, file, damage);
    case 'append':
      return judgeAppend(change, file, damage);
    case 'removal':
      return judgeRemoval(change, sizeBefore, file, damage);
  }
}

function judgeOverwrite({ offset, before, after }: Overwrite, file: FoundFile, damage: Damage): Verdict {
  const now = file.read(offset, after.length);
  if (now.length < after.length || now.equals(after) || now.equals(before)) return nothing;
  return isMixture(now, before, after, damage) ? { kind: 'repair', offset, bytes: after, hole: undefined } : foreign;
}

/** A cut append is taken back, since it was never answered; neighbours may have appended behind it. */
function judgeAppend({ offset, after }: Append, file: FoundFile, damage: Damage): Verdict {
  if (file.size <= offset) return nothing;
  const now = file.read(offset, after.length);
  if (now.length % recordSize === 0 && now.equals(after.subarray(0, now.length))) return nothing;
  const cut = (file.size - offset) % recordSize;
  // Of several records, those before the one that was cut are whole.
  for (let whole = after.length - recordSize; cut > 0 && whole >= 0; whole -= recordSize) {
    const part = (of: Buffer): Buffer => of.subarray(0, whole + cut);
    if (now.length >= whole + cut && isMixture(part(now), Buffer.alloc(whole + cut), part(after), damage, cut)) {
      return { kind: 'repair', offset, bytes: noBytes, hole: { offset: offset + whole, length: cut } };
    }
  }
  const isTorn =
    damage === 'torn' && now.length === after.length && isMixture(now, Buffer.alloc(now.length), after, damage);
  return isTorn ? { kind: 'repair', offset, bytes: after, hole: undefined } : foreign;
}

function judgeRemoval(step: Removal, sizeBefore: number, file: FoundFile, damage: Damage): Verdict {
  const { offset, length, bytes, binding } = step;
  if (file.size <= offset) return nothing;
  const moved = bytes.length - length;
  const now = file.read(offset, bytes.length);
  if (now.length < moved) return foreign;
  const isLast = offset + bytes.length === sizeBefore;
  // The size alone does not show whether the end was cut off: a neighbour may have appended since.
  const end = now.subarray(moved);
  const endBefore = bytes.subarray(moved);
  const isEndWhole = end.equals(endBefore);
  // A file system may zero what is to be cut off before the new size is on the disk.
  const isEndZeroed =
    damage === 'torn' && isLast && end.length === length && isMixture(end, Buffer.alloc(length), endBefore, damage);
  const holeIsThere = isEndWhole || isEndZeroed;
  if (!holeIsThere && !isLast) return foreign;
  const hole = holeIsThere ? { offset: offset + moved, length } : undefined;

  const units = unitsOf(step, now, damage);
  if (units === undefined) return foreign;
  if (!binding && isEndWhole && units.every(({ side }) => side !== 'after' && side !== 'mixed')) return nothing;
  if (damage === 'cut' && !isOneCut(units, hole !== undefined)) return foreign;
  const final = finalBytes(units, bytes.subarray(length));
  if (final === undefined) return foreign;
  const isWritten = final.equals(now.subarray(0, moved));
  if (isWritten && hole === undefined) return nothing;
  return { kind: 'repair', offset, bytes: isWritten ? noBytes : final, hole };
}

/** A part of what a removal moves, and which image it shows. A neighbour's update shows the one whose key it kept. */
interface Unit {
  readonly side: 'before' | 'after' | 'either' | 'mixed';
  /** A neighbour's bytes, if it wrote here. */
  readonly update: Buffer | undefined;
}

/** Undefined if a neighbour wrote something that is no update of a record of ours. */
function unitsOf({ length, bytes }: Removal, now: Buffer, damage: Damage): Unit[] | undefined {
  const moved = bytes.length - length;
  // Only a hole of one record leaves records where records were.
  const unitSize = length === recordSize ? recordSize : moved;
  const units: Unit[] = [];
  for (let start = 0; start < moved; start += unitSize) {
    const part = (of: Buffer): Buffer => of.subarray(start, Math.min(start + unitSize, moved));
    const unit = judgeUnit(part(now), part(bytes), part(bytes.subarray(length)), damage);
    if (unit === undefined) return undefined;
    units.push(unit);
  }
  return units;
}

function judgeUnit(now: Buffer, before: Buffer, after: Buffer, damage: Damage): Unit | undefined {
  const isBefore = now.equals(before);
  const isAfter = now.equals(after);
  if (isBefore || isAfter) {
    return { side: isBefore && isAfter ? 'either' : isBefore ? 'before' : 'after', update: undefined };
  }
  if (isMixture(now, before, after, damage)) return { side: 'mixed', update: undefined };
  if (now.length !== recordSize) return undefined;
  if (keyOf(now).equals(keyOf(after))) return { side: 'after', update: now };
  return keyOf(now).equals(keyOf(before)) ? { side: 'before', update: now } : undefined;
}

/** Whether all of a write up to some place is done and nothing behind; the end is cut off only after all of it. */
function isOneCut(units: readonly Unit[], holeIsThere: boolean): boolean {
  const firstUndone = units.findIndex(({ side }) => side === 'before' || side === 'mixed');
  if (firstUndone < 0) return true;
  return holeIsThere && units.slice(firstUndone + 1).every(({ side }) => side === 'before' || side === 'either');
}

/** What the moved part must become, neighbours' updates at the place of what they update; undefined if one has none. */
function finalBytes(units: readonly Unit[], after: Buffer): Buffer | undefined {
  const final = Buffer.from(after);
  for (const [index, { side, update }] of units.entries()) {
    if (update === undefined) continue;
    const place = side === 'after' ? index : index - 1;
    if (place < 0) return undefined;
    update.copy(final, place * recordSize);
  }
  return final;
}

/** Whether a write of `after` over `before` can have left `now`; for a write that lengthens the file, at which length. */
function isMixture(now: Buffer, before: Buffer, after: Buffer, damage: Damage, cut?: number): boolean {
  if (damage === 'torn') return now.every((byte, index) => byte === before[index] || byte === after[index]);
  if (cut !== undefined) return cut % sectorSize === 0 && now.equals(after);
  const same = now.findIndex((byte, index) => byte !== after[index]);
  const written = same < 0 ? now.length : same - (same % sectorSize);
  return now.subarray(written).equals(before.subarray(written));
}

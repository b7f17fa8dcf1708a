import { constants } from 'node:fs';
import { dirname } from 'node:path';
import { makeSystemError, unlessFails } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
import { usingFile } from '../platform/using-file.ts';
import { type Disk, writeFully } from './disk.ts';
import { done, type Ended, locked, spoilt } from './attempt.ts';
import { type Edited, removeDebris } from './edits.ts';
import { recordSize } from './record.ts';

/** A tail that is younger may be the first part of a record that a neighbour writes in two. */
const youngMs = 20;

/**
 * Makes the file a whole number of records before it is written to, and returns its size. What a neighbour left behind the last
 * one is saved first, in a file of its own in the journal's folder.
 */
export function healTail(edited: Edited, size: number): Ended<number> {
  if (size % recordSize === 0) return done(size);
  const { file } = edited;
  // Asked once more, so that what was appended meanwhile without a lock is not cut off unseen.
  const sizeNow = file.size();
  const tailSize = sizeNow % recordSize;
  const wholeSize = sizeNow - tailSize;
  if (tailSize === 0) return done(wholeSize);
  if (Math.abs(Date.now() - file.modifiedAtMs()) < youngMs) return locked;
  save(edited, file.read(Buffer.alloc(tailSize), wholeSize));
  if ((file.size() - sizeNow) % recordSize !== 0) return spoilt;
  // Whole records that were appended behind it meanwhile move down over it.
  const removed = removeDebris(edited, wholeSize, tailSize);
  return removed.kind === 'done' ? done(file.size()) : removed;
}

function save({ disk, durability, tailPath }: Edited, tail: Buffer): void {
  const folder = dirname(tailPath);
  disk.makeFolder(folder, privateModes.folder);
  usingFile(openNewTail(tailPath, disk), (fd) => {
    writeFully(disk, fd, tail, 0);
    if (durability === 'disk') disk.sync(fd);
  });
  if (durability === 'disk') disk.syncFolder(folder);
}

/** Of one pool, that are kept: each is of a program that was killed while it wrote, so many are no accident. */
const mostTails = 100;

/** A new file: the path with the first number behind it that is free. */
export function openNewTail(path: string, disk: Disk): number {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  for (let number = 1; number <= mostTails; number += 1) {
    const fd = unlessFails(() => disk.open('tail', `${path}-${number}`, flags, privateModes.file), 'EEXIST');
    if (fd !== undefined) return fd;
  }
  throw makeSystemError('EDQUOT', 'open', `${mostTails} tails of it are saved already; inspect and remove ${path}-*`);
}

import { closeSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { isSystemError } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
import { type Disk, writeFully } from './disk.ts';
import type { Edited } from './edits.ts';
import { recordSize } from './record.ts';

/**
 * Makes the file a whole number of records before it is written to, and returns its size. What a neighbour left behind the last
 * one is saved first, in a file of its own in the journal's folder.
 */
export function healTail({ file, disk, durability, tailPath }: Edited, size: number): number {
  if (size % recordSize === 0) return size;
  // Asked once more, so that what was appended meanwhile without a lock is not cut off unseen.
  const sizeNow = file.size();
  const tailSize = sizeNow % recordSize;
  const wholeSize = sizeNow - tailSize;
  if (tailSize === 0) return wholeSize;
  const tail = file.read(Buffer.alloc(tailSize), wholeSize);
  const folder = dirname(tailPath);
  disk.makeFolder(folder, privateModes.folder);
  const fd = openNewTail(tailPath, disk);
  try {
    writeFully(disk, fd, tail, 0);
    if (durability === 'disk') disk.sync(fd);
  } finally {
    closeSync(fd);
  }
  if (durability === 'disk') disk.syncFolder(folder);
  file.truncate(wholeSize);
  return wholeSize;
}

/** A new file: the path with the first number behind it that is free. */
export function openNewTail(path: string, disk: Disk): number {
  for (let number = 1; ; number += 1) {
    try {
      return disk.open(
        `${path}-${number}`,
        constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
        privateModes.file,
      );
    } catch (error) {
      if (!(isSystemError(error) && error.code === 'EEXIST')) throw error;
    }
  }
}

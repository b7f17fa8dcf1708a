import { fdatasyncSync, ftruncateSync, mkdirSync, openSync } from 'node:fs';
import { native } from '../device/native.ts';
import { isSystemError } from '../device/system-error.ts';
import { syncFolder } from '../platform/using-file.ts';

/** Where bytes go: an offset, or the end of a file that was opened for appending. */
export type Position = number | 'end';

/** A pool's file, its journal, or the end of the file that a neighbour left. */
export type PoolPart = 'pool' | 'journal' | 'tail';

/**
 * Every call that opens or changes a pool or a journal, and every read of one: the seam at which tests record what is written,
 * and break it, and at which root is asked for what we may not do. Calls may transfer less than they were asked to and may be
 * interrupted.
 */
export interface Disk {
  /** open(2): the descriptor. */
  open(part: PoolPart, path: string, flags: number, mode?: number): number;
  /** Makes a folder and those above it; returns the first that was made, undefined if all were there. */
  makeFolder(path: string, mode: number): string | undefined;
  read(fd: number, into: Buffer, offset: number): number;
  write(fd: number, bytes: Buffer, position: Position): number;
  truncate(fd: number, size: number): void;
  /** Waits until the file's bytes and its size would survive a power failure. */
  sync(fd: number): void;
  /** The same for the names in a folder. */
  syncFolder(path: string): void;
}

export const systemDisk: Disk = {
  open: (_part, path, flags, mode) => openSync(path, flags, mode),
  makeFolder: (path, mode) => mkdirSync(path, { recursive: true, mode }),
  read: (fd, into, offset) => native.readAt(fd, into, offset),
  write: (fd, bytes, position) => (position === 'end' ? native.append(fd, bytes) : native.writeAt(fd, bytes, position)),
  truncate: ftruncateSync,
  sync: fdatasyncSync,
  syncFolder,
};

/** Bytes read, fewer than asked for only at the end of the file. */
export function readFully(disk: Disk, fd: number, into: Buffer, offset: number): number {
  let count = 0;
  while (count < into.length) {
    const more = uninterrupted(() => disk.read(fd, behind(into, count), offset + count));
    if (more === 0) break;
    count += more;
  }
  return count;
}

/** Writes all, or throws what the disk threw, with some of it perhaps written. */
export function writeFully(disk: Disk, fd: number, bytes: Buffer, position: Position): void {
  let count = 0;
  while (count < bytes.length) {
    const from = count;
    count += uninterrupted(() => disk.write(fd, behind(bytes, from), position === 'end' ? 'end' : position + from));
  }
}

function behind(bytes: Buffer, count: number): Buffer {
  return count === 0 ? bytes : bytes.subarray(count);
}

/** Repeats a call as often as a signal interrupts it. */
export function uninterrupted<T>(call: () => T): T {
  for (;;) {
    try {
      return call();
    } catch (error) {
      if (!(isSystemError(error) && error.code === 'EINTR')) throw error;
    }
  }
}

import { closeSync, fdatasyncSync, fsyncSync, ftruncateSync, openSync, readSync, writeSync } from 'node:fs';
import { isSystemError } from '../device/system-error.ts';

/** Where bytes go: an offset, or the end of a file that was opened for appending. */
export type Position = number | 'end';

/**
 * Every call that changes a pool or a journal, and every read of one: the seam at which tests record what is written,
 * and break it. Calls may transfer less than they were asked to and may be interrupted.
 */
export interface Disk {
  read(fd: number, into: Buffer, offset: number): number;
  write(fd: number, bytes: Buffer, position: Position): number;
  truncate(fd: number, size: number): void;
  /** Waits until the file's bytes and its size would survive a power failure. */
  sync(fd: number): void;
  /** The same for the names in a folder. */
  syncFolder(path: string): void;
}

export const systemDisk: Disk = {
  read: (fd, into, offset) => readSync(fd, into, 0, into.length, offset),
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position === 'end' ? null : position),
  truncate: ftruncateSync,
  sync: fdatasyncSync,
  syncFolder(path) {
    const fd = openSync(path, 'r');
    try {
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
  },
};

/** Bytes read, fewer than asked for only at the end of the file. */
export function readFully(disk: Disk, fd: number, into: Buffer, offset: number): number {
  let count = 0;
  while (count < into.length) {
    const more = uninterrupted(() => disk.read(fd, into.subarray(count), offset + count));
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
    count += uninterrupted(() => disk.write(fd, bytes.subarray(from), position === 'end' ? 'end' : position + from));
  }
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

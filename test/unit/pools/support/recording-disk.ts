import { readlinkSync } from 'node:fs';
import { type Disk, systemDisk } from '../../../../src/pools/disk.ts';

/** What was done to a file, in the order in which it was done. */
export type DiskOperation =
  | { readonly kind: 'write'; readonly path: string; readonly offset: number; readonly bytes: Buffer }
  | { readonly kind: 'truncate'; readonly path: string; readonly size: number }
  | { readonly kind: 'sync'; readonly path: string };

/** A disk that works, and remembers what it did. */
export class RecordingDisk implements Disk {
  readonly operations: DiskOperation[] = [];
  readonly #sizeOf: (fd: number) => number;

  constructor(sizeOf: (fd: number) => number) {
    this.#sizeOf = sizeOf;
  }

  open(...words: Parameters<Disk['open']>): number {
    return systemDisk.open(...words);
  }

  makeFolder(path: string, mode: number): string | undefined {
    return systemDisk.makeFolder(path, mode);
  }

  read(fd: number, into: Buffer, offset: number): number {
    return systemDisk.read(fd, into, offset);
  }

  write(fd: number, bytes: Buffer, position: number | 'end'): number {
    const offset = position === 'end' ? this.#sizeOf(fd) : position;
    this.operations.push({ kind: 'write', path: pathOf(fd), offset, bytes: Buffer.from(bytes) });
    return systemDisk.write(fd, bytes, position);
  }

  truncate(fd: number, size: number): void {
    this.operations.push({ kind: 'truncate', path: pathOf(fd), size });
    systemDisk.truncate(fd, size);
  }

  sync(fd: number): void {
    this.operations.push({ kind: 'sync', path: pathOf(fd) });
  }

  syncFolder(): void {
    // Names are not what these tests are about.
  }
}

/** A file's bytes after an operation on it. */
export function apply(bytes: Buffer, operation: DiskOperation): Buffer {
  switch (operation.kind) {
    case 'sync':
      return bytes;
    case 'truncate':
      return resized(bytes, operation.size);
    case 'write': {
      const grown = resized(bytes, Math.max(bytes.length, operation.offset + operation.bytes.length));
      operation.bytes.copy(grown, operation.offset);
      return grown;
    }
  }
}

function resized(bytes: Buffer, size: number): Buffer {
  const result = Buffer.alloc(size);
  bytes.copy(result);
  return result;
}

function pathOf(fd: number): string {
  return readlinkSync(`/proc/self/fd/${fd}`);
}

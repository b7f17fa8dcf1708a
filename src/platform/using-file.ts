import { closeSync, fsyncSync, openSync } from 'node:fs';

/** What is made of an open file, which is closed whatever comes of it. */
export function usingFile<T>(fd: number, use: (fd: number) => T): T {
  try {
    return use(fd);
  } finally {
    closeSync(fd);
  }
}

/** Waits until the names in a folder would survive a power failure. */
export function syncFolder(path: string): void {
  usingFile(openSync(path, 'r'), fsyncSync);
}

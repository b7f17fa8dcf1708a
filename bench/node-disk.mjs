// The pools' disk by node:fs, which lost: see docs/decisions/0007-file-calls-in-the-addon.md.
import { fdatasyncSync, ftruncateSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs';

/** @type {import('../src/pools/disk.ts').Disk} */
export const nodeDisk = {
  open: (_part, path, flags, mode) => openSync(path, flags, mode),
  makeFolder: (path, mode) => mkdirSync(path, { recursive: true, mode }),
  read: (fd, into, offset) => readSync(fd, into, 0, into.length, offset),
  write: (fd, bytes, position) => writeSync(fd, bytes, 0, bytes.length, position === 'end' ? null : position),
  truncate: ftruncateSync,
  sync: fdatasyncSync,
  // Names are not measured.
  syncFolder: () => undefined,
};

import {
  existsSync,
  fchmodSync,
  fchownSync,
  fsyncSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { syncFolder, usingFile } from '../platform/using-file.ts';

export interface FileAttributes {
  readonly mode: number;
  /** Those of this process, if left out. */
  readonly owner?: number;
  readonly group?: number;
}

/**
 * Puts a file in its place at once: who reads it sees the former or the new one, and so does the next start after a power failure.
 * Where a symbolic link stands, the file that it leads to is replaced.
 */
export function replaceFile(path: string, contents: Buffer, attributes: FileAttributes): void {
  const target = existsSync(path) ? realpathSync(path) : path;
  const folder = dirname(target);
  mkdirSync(folder, { recursive: true });
  const temporary = join(folder, `.${basename(target)}.hyperv-kvp`);
  rmSync(temporary, { force: true });
  writeNew(temporary, contents, attributes);
  renameSync(temporary, target);
  syncFolder(folder);
}

/** Removes a file, also from what a power failure leaves. */
export function removeFile(path: string): void {
  rmSync(path, { force: true });
  syncFolder(dirname(path));
}

/** With its final mode from the first moment. */
function writeNew(path: string, contents: Buffer, { mode, owner, group }: FileAttributes): void {
  usingFile(openSync(path, 'wx', mode), (fd) => {
    if (owner !== undefined && group !== undefined) fchownSync(fd, owner, group);
    fchmodSync(fd, mode);
    writeFileSync(fd, contents);
    fsyncSync(fd);
  });
}

import {
  constants,
  existsSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isSystemError } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
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

/** The same for a value in JSON that is nobody else's business; its folder is made if need be. */
export function writePrivately(path: string, value: unknown): void {
  mkdirSync(dirname(path), { recursive: true, mode: privateModes.folder });
  replaceFile(path, Buffer.from(JSON.stringify(value)), { mode: privateModes.file });
}

const writeByOthers = 0o022;

/** The text of a file of our own; "" for one that is not, undefined if there is none. */
export function readOwn(path: string): string | undefined {
  const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK;
  try {
    return usingFile(openSync(path, flags), (fd) => {
      const status = fstatSync(fd);
      const isOwn = status.isFile() && status.nlink === 1 && status.uid === process.geteuid?.();
      return isOwn && (status.mode & writeByOthers) === 0 ? readFileSync(fd, 'utf8') : '';
    });
  } catch (error) {
    // A symbolic link.
    if (isSystemError(error) && ['ELOOP', 'EMLINK'].includes(error.code)) return '';
    if (isSystemError(error) && error.code === 'ENOENT') return undefined;
    throw error;
  }
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

import { constants, fstatSync, openSync, readSync, type Stats, statSync } from 'node:fs';
import { makeSystemError } from '../device/system-error.ts';
import { usingFile } from './using-file.ts';

/** More than any configuration, lease or list of the kernel has. */
const limit = 4 * 1024 * 1024;
const pieceSize = 64 * 1024;

/**
 * The bytes of a file that others write, none for /dev/null, by which a file is masked. Throws a system error for what is none, as a pipe, a device or a folder, and for one beyond
 * 4 MiB; waits for nothing, and opens no device, which may act on that.
 */
export function readForeignFile(path: string): Buffer {
  const status = statSync(path);
  if (isNothing(status)) return Buffer.alloc(0);
  mustBeFile(status.isFile(), path);
  return usingFile(openSync(path, constants.O_RDONLY | constants.O_NONBLOCK | constants.O_NOCTTY), (fd) => {
    // The path may have come to name something else.
    mustBeFile(fstatSync(fd).isFile(), path);
    return readAll(fd, path);
  });
}

/** A file that the kernel makes up has no size until its end is read. */
function readAll(fd: number, path: string): Buffer {
  const pieces: Buffer[] = [];
  for (let size = 0; size <= limit; ) {
    const piece = Buffer.allocUnsafe(pieceSize);
    const count = readSync(fd, piece);
    if (count === 0) return Buffer.concat(pieces);
    pieces.push(piece.subarray(0, count));
    size += count;
  }
  throw makeSystemError('EFBIG', 'read', `${path} is longer than ${limit} bytes`);
}

function mustBeFile(isFile: boolean, path: string): void {
  if (!isFile) throw makeSystemError('EINVAL', 'open', `${path} is not a regular file`);
}

function isNothing(status: Stats): boolean {
  return status.isCharacterDevice() && status.rdev === statSync('/dev/null').rdev;
}

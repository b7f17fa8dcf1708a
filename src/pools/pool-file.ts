import { closeSync, constants, fchmodSync, fstatSync, futimesSync, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { native } from '../device/native.ts';
import { isSystemError, unlessFails } from '../device/system-error.ts';
import { usingFile } from '../platform/using-file.ts';
import { type Disk, type Position, readFully, uninterrupted, writeFully } from './disk.ts';
import { type FileIdentity, identityOf, isSameFile } from './file-identity.ts';
import type { Durability } from './journal-entry.ts';

/** A path that names something we do not take for a pool: a folder, a FIFO, a link, or a file that we may not read. */
export class UnusableFile extends Error {
  /** As of a system error. */
  readonly code: string;

  constructor(message: string, code: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

const always = constants.O_NOFOLLOW | constants.O_NONBLOCK;
const readBits = 0o444;
/** From the bit that lets read a file to the one that lets enter a folder. */
const readToEnter = 2;
const ownerWriteAndEnter = 0o300;
const ownerOnly = 0o600;
const nanosecondsPerSecond = 1_000_000_000;

/** An open pool file, and only that file: the path may come to name another one. */
export class PoolFile {
  readonly path: string;
  readonly identity: FileIdentity;
  readonly #disk: Disk;
  readonly #reader: number;
  #writer: number | undefined;
  /** A descriptor of its own, since with O_APPEND every write goes to the end. */
  #appender: number | undefined;

  private constructor(path: string, disk: Disk, reader: number) {
    this.path = path;
    this.identity = identityOf(fstatSync(reader, { bigint: true }));
    this.#disk = disk;
    this.#reader = reader;
  }

  /** Undefined if there is no file. Throws {@link UnusableFile}. */
  static open(path: string, disk: Disk): PoolFile | undefined {
    const fd = openForReading(path, disk);
    if (fd === undefined) return undefined;
    if (fstatSync(fd).isFile()) return new PoolFile(path, disk, fd);
    closeSync(fd);
    throw new UnusableFile('it is not a regular file', 'EINVAL');
  }

  /** For shared locks. */
  get reader(): number {
    return this.#reader;
  }

  /** Whether the path still names this file. */
  isCurrent(): boolean {
    const status = lstatSync(this.path, { bigint: true, throwIfNoEntry: false });
    return status !== undefined && isSameFile(identityOf(status), this.identity);
  }

  /** A descriptor for exclusive locks; undefined if the path names another file by now. */
  openWriter(): number | undefined {
    this.#writer ??= this.#openAnother(constants.O_RDWR);
    this.#appender ??= this.#openAnother(constants.O_WRONLY | constants.O_APPEND);
    return this.#appender === undefined ? undefined : this.#writer;
  }

  size(): number {
    return native.sizeOf(this.#reader);
  }

  /** When the file was last changed, in ms since 1970. */
  modifiedAtMs(): number {
    return fstatSync(this.#reader).mtimeMs;
  }

  /** Fills the buffer; returns the part that the file had bytes for. */
  read(into: Buffer, offset: number): Buffer {
    const count = readFully(this.#disk, this.#reader, into, offset);
    return count === into.length ? into : into.subarray(0, count);
  }

  write(bytes: Buffer, position: Position): void {
    writeFully(this.#disk, this.#opened(position === 'end' ? this.#appender : this.#writer), bytes, position);
  }

  truncate(size: number): void {
    const fd = this.#opened(this.#writer);
    uninterrupted(() => {
      this.#disk.truncate(fd, size);
    });
  }

  sync(): void {
    const fd = this.#opened(this.#writer);
    uninterrupted(() => {
      this.#disk.sync(fd);
    });
  }

  /** Does something to the file that its time of modification shall not show. */
  keepTimes(change: () => void): void {
    const { atimeNs, mtimeNs } = fstatSync(this.#reader, { bigint: true });
    change();
    futimesSync(this.#opened(this.#writer), inSeconds(atimeNs), inSeconds(mtimeNs));
  }

  /** This and {@link closeWriter} must not be called while a lock is held: on FreeBSD the lock would go with any descriptor. */
  close(): void {
    this.closeWriter();
    closeSync(this.#reader);
  }

  closeWriter(): void {
    for (const fd of [this.#writer, this.#appender]) if (fd !== undefined) closeSync(fd);
    this.#writer = undefined;
    this.#appender = undefined;
  }

  #openAnother(access: number): number | undefined {
    const fd = openOrNothing(this.path, access | always, this.#disk);
    if (fd === undefined) return undefined;
    if (isSameFile(identityOf(fstatSync(fd, { bigint: true })), this.identity)) return fd;
    closeSync(fd);
    return undefined;
  }

  #opened(fd: number | undefined): number {
    if (fd === undefined) throw new Error(`${this.path} is not open for writing`);
    return fd;
  }
}

/**
 * Creates an empty pool file with exactly this mode, and its folder if need be; a file that exists is left alone.
 * Returns whether there was none.
 */
export function createPoolFile(path: string, mode: number, disk: Disk, durability: Durability): boolean {
  const folder = dirname(path);
  disk.makeFolder(folder, mode | ((mode & readBits) >> readToEnter) | ownerWriteAndEnter);
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  const fd = unlessFails(() => disk.open('pool', path, flags, ownerOnly), 'EEXIST');
  if (fd === undefined) return false;
  usingFile(fd, () => {
    fchmodSync(fd, mode);
    if (durability === 'disk') disk.sync(fd);
  });
  if (durability === 'disk') disk.syncFolder(folder);
  return true;
}

function openForReading(path: string, disk: Disk): number | undefined {
  try {
    return openOrNothing(path, constants.O_RDONLY | always, disk);
  } catch (error) {
    // A link; EMLINK is FreeBSD's word for it.
    if (isSystemError(error) && ['ELOOP', 'EMLINK'].includes(error.code)) {
      throw new UnusableFile('it is a symbolic link', error.code);
    }
    if (isSystemError(error) && ['EACCES', 'EPERM', 'ENXIO'].includes(error.code)) {
      throw new UnusableFile('it cannot be read', error.code, { cause: error });
    }
    throw error;
  }
}

function openOrNothing(path: string, flags: number, disk: Disk): number | undefined {
  return unlessFails(() => disk.open('pool', path, flags), 'ENOENT');
}

function inSeconds(nanoseconds: bigint): number {
  return Number(nanoseconds) / nanosecondsPerSecond;
}

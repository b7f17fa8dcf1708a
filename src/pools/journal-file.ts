import { closeSync, constants, fchmodSync, fstatSync, lstatSync } from 'node:fs';
import { dirname } from 'node:path';
import { native } from '../device/native.ts';
import { isDenied, isSystemError, makeSystemError, unlessFails } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
import { type Disk, readFully, uninterrupted, writeFully } from './disk.ts';
import type { Durability } from './journal-entry.ts';

export interface JournalFileOptions {
  readonly path: string;
  readonly disk: Disk;
  readonly durability: Durability;
}

/** The file of a journal: made when it is first written to, with all the room that it will ever take. */
export class JournalFile {
  readonly #options: JournalFileOptions;
  readonly #size: number;
  #fd: number | undefined;
  #isWritable = false;
  #isForbidden = false;

  constructor(options: JournalFileOptions, size: number) {
    this.#options = options;
    this.#size = size;
  }

  /** Whether it is open and still has its name. */
  isLinked(): boolean {
    return this.#fd !== undefined && native.isLinked(this.#fd);
  }

  /** For reading at first: a file that is open for writing keeps its file system from being made read-only. False if there is none for us. */
  open(): boolean {
    if (this.isLinked()) return true;
    this.close();
    const { path } = this.#options;
    this.#isForbidden = false;
    try {
      refuseOddFile(path);
      this.#fd = this.#opened(constants.O_RDONLY);
      return true;
    } catch (error) {
      // Others than root may read the pools, but not the journals.
      this.#isForbidden = isDenied(error);
      if (this.#isForbidden || (isSystemError(error) && error.code === 'ENOENT')) return false;
      throw error;
    }
  }

  /** Whether there is one that we may not open. */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** Bytes from an offset on, as many as there are. */
  read(into: Buffer, offset: number): Buffer {
    return into.subarray(0, this.#fd === undefined ? 0 : readFully(this.#options.disk, this.#fd, into, offset));
  }

  write(bytes: Buffer, offset: number): void {
    writeFully(this.#options.disk, this.#forWriting(), bytes, offset);
  }

  sync(): void {
    const fd = this.#forWriting();
    uninterrupted(() => {
      this.#options.disk.sync(fd);
    });
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.#isWritable = false;
  }

  #forWriting(): number {
    if (!this.#isWritable || this.#fd === undefined) this.#openOrCreate();
    if (this.#fd === undefined) throw new Error(`${this.#options.path} is not open`);
    return this.#fd;
  }

  #openOrCreate(): void {
    this.close();
    const { path, disk, durability } = this.#options;
    const folder = dirname(path);
    const created = disk.makeFolder(folder, privateModes.folder);
    refuseOddFile(path);
    const fd = this.#opened(constants.O_RDWR | constants.O_CREAT);
    this.#fd = fd;
    if (fstatSync(fd).size < this.#size) {
      fchmodSync(fd, privateModes.file);
      writeFully(disk, fd, Buffer.alloc(this.#size), 0);
      if (durability === 'disk') {
        uninterrupted(() => {
          disk.sync(fd);
        });
        disk.syncFolder(folder);
        if (created !== undefined) disk.syncFolder(dirname(created));
      }
    }
    this.#isWritable = true;
  }

  #opened(flags: number): number {
    const { path, disk } = this.#options;
    const fd = disk.open('journal', path, flags | constants.O_NOFOLLOW | constants.O_NONBLOCK, privateModes.file);
    if (fstatSync(fd).isFile()) return fd;
    closeSync(fd);
    throw notRegular(path);
  }
}

/** Before it is opened: to open a device may do something. */
function refuseOddFile(path: string): void {
  // Where it cannot be seen, opening it says the same, or root is asked for it.
  const status = unlessFails(() => lstatSync(path, { throwIfNoEntry: false }), 'EACCES', 'ENOTDIR');
  if (status?.isFile() === false) throw notRegular(path);
}

function notRegular(path: string): Error {
  return makeSystemError('EINVAL', 'open', `the journal ${path} is not a regular file`);
}

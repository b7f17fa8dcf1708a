import { closeSync, constants, fchmodSync, fstatSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { native } from '../device/native.ts';
import { isSystemError } from '../device/system-error.ts';
import { privateModes } from '../platform/private-modes.ts';
import type { Change } from './change.ts';
import { type Disk, readFully, uninterrupted, writeFully } from './disk.ts';
import {
  decodeEntry,
  decodeHeader,
  doneState,
  type Durability,
  encodeEntry,
  headerSize,
  type JournalEntry,
  stateOffset,
} from './journal-entry.ts';
import { recordSize } from './record.ts';

export interface JournalOptions {
  readonly path: string;
  readonly disk: Disk;
  readonly durability: Durability;
  /** Which run of the system this is; see {@link JournalEntry.boot}. */
  readonly boot: string;
}

/** The most records that one step of a removal moves. */
export const recordsPerStep = 64;

const pageSize = 4096;
const largestEntry = headerSize + (recordsPerStep + 1) * recordSize;
const slotSize = Math.ceil(largestEntry / pageSize) * pageSize;
/** Two: while one entry is written over the older one, the newer one stays whole. */
const slots = [0, 1] as const;
/** What a SET needs. */
const usualEntry = headerSize + recordSize + recordSize;
const doneMark = Buffer.of(doneState);
const neverWritten = Buffer.alloc(headerSize);

/**
 * What is about to be done to one pool file, so that it can be finished after a crash. The file is never removed and its
 * room is taken beforehand: that is cheap to write, and works on a full disk. Used under the pool file's locks only.
 */
export class Journal {
  readonly #options: JournalOptions;
  #fd: number | undefined;
  #writable = false;
  /** Of the latest entry, as {@link pending} found it and {@link write} went on. */
  #slot = 1;
  #sequence = 0;
  #isDamaged = false;
  readonly #entry = Buffer.alloc(usualEntry);
  /** The header that we wrote last, as it is once its change is done; zeros stand for a journal in which there is none. */
  readonly #lastHeader = Buffer.alloc(headerSize);
  readonly #foundHeader = Buffer.alloc(headerSize);

  constructor(options: JournalOptions) {
    this.#options = options;
  }

  /**
   * The change that a crash may have left unfinished; undefined if there is none, or no journal. To be asked each time
   * that the locks were taken: another process of ours may have written since.
   */
  pending(): JournalEntry | undefined {
    if (!this.#openExisting()) return undefined;
    const found = slots.map((slot) => this.#read(slot, headerSize));
    const headers = found.map(decodeHeader);
    this.#isDamaged = found.some((bytes, slot) => headers[slot] === undefined && !isUnwritten(bytes));
    const [first = 0, second = 0] = headers.map((header) => header?.sequence);
    this.#sequence = Math.max(first, second);
    this.#slot = first > second ? 0 : 1;
    if (!headers.some((header) => header?.live)) return undefined;
    // The latest header may stand before images that were not written whole; the entry before it then still counts.
    for (const slot of [this.#slot, 1 - this.#slot]) {
      const imagesSize = Math.min(headers[slot]?.imagesSize ?? 0, slotSize - headerSize);
      const entry = decodeEntry(this.#read(slot, headerSize + imagesSize));
      if (entry === undefined) {
        this.#isDamaged ||= headers[slot] !== undefined;
        continue;
      }
      this.#slot = slot;
      return headers[slot]?.live ? entry : undefined;
    }
    return undefined;
  }

  /**
   * Whether {@link pending} has met an entry that is not whole: its writer was cut off before it changed anything, or the journal
   * has been damaged since. Such an entry is left out; the next change takes its place.
   */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /**
   * A cheaper answer for a pool file in which nobody has changed a byte since no change was pending: whether the latest entry that
   * we know is ours and done, and still stands. If it does, there is nothing pending: others of ours use the slots in turn,
   * so they have written into the other one, once at most, and their change has not begun. Our next entry takes its place.
   */
  isAsLeft(): boolean {
    if (this.#fd === undefined || !native.isLinked(this.#fd)) return false;
    const size = readFully(this.#options.disk, this.#fd, this.#foundHeader, this.#slot * slotSize);
    return size === headerSize && this.#foundHeader.equals(this.#lastHeader);
  }

  /** Writes down a change before it is made; {@link done}, or the next change, follows when it has been made. */
  write(change: Change, inode: bigint, size: number): void {
    const { disk, durability, boot } = this.#options;
    const fd = this.#openForWriting();
    this.#sequence += 1;
    const slot = 1 - this.#slot;
    const entry = encodeEntry({ sequence: this.#sequence, boot, durability, inode, size, change }, this.#entry);
    writeFully(disk, fd, entry, slot * slotSize);
    this.#slot = slot;
    entry.copy(this.#lastHeader, 0, 0, headerSize);
    this.#lastHeader[stateOffset] = doneState;
    if (durability === 'disk') {
      uninterrupted(() => {
        disk.sync(fd);
      });
    }
  }

  /** The last change is done with. Not synced: to find a finished change once more does no harm. */
  done(): void {
    writeFully(this.#options.disk, this.#openForWriting(), doneMark, this.#slot * slotSize + stateOffset);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
    this.#writable = false;
  }

  #read(slot: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readFully(this.#options.disk, this.#opened(), bytes, slot * slotSize));
  }

  /** For reading at first: a file that is open for writing keeps its file system from being made read-only. */
  #openExisting(): boolean {
    if (this.#fd !== undefined && fstatSync(this.#fd).nlink > 0) return true;
    this.close();
    try {
      this.#fd = openSync(this.#options.path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
      return true;
    } catch (error) {
      // Others than root may read the pools, but not the journals.
      if (isSystemError(error) && ['ENOENT', 'EACCES'].includes(error.code)) return false;
      throw error;
    }
  }

  #openForWriting(): number {
    if (!this.#writable) this.#openOrCreate();
    return this.#opened();
  }

  #opened(): number {
    if (this.#fd === undefined) throw new Error(`${this.#options.path} is not open`);
    return this.#fd;
  }

  #openOrCreate(): void {
    this.close();
    const { path, disk, durability } = this.#options;
    const folder = dirname(path);
    const created = mkdirSync(folder, { recursive: true, mode: privateModes.folder });
    const fd = openSync(path, constants.O_RDWR | constants.O_CREAT | constants.O_NOFOLLOW, privateModes.file);
    this.#fd = fd;
    this.#writable = true;
    if (fstatSync(fd).size >= slotSize * slots.length) return;
    fchmodSync(fd, privateModes.file);
    writeFully(disk, fd, Buffer.alloc(slotSize * slots.length), 0);
    if (durability === 'memory') return;
    uninterrupted(() => {
      disk.sync(fd);
    });
    disk.syncFolder(folder);
    if (created !== undefined) disk.syncFolder(dirname(created));
  }
}

function isUnwritten(header: Buffer): boolean {
  return header.equals(neverWritten.subarray(0, header.length));
}

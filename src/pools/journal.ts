import { troubleOf } from '../device/system-error.ts';
import type { Change } from './change.ts';
import {
  decodeEntry,
  decodeHeader,
  doneState,
  encodeEntry,
  headerSize,
  type JournalEntry,
  stateOffset,
} from './journal-entry.ts';
import { JournalFile, type JournalFileOptions } from './journal-file.ts';
import { recordSize } from './record.ts';

/** Whether a change that cannot be written down is refused, or made all the same. */
export type JournalNeed = 'required' | 'when-possible';

/** `pending`: a change was interrupted by a crash, which is not finished yet. */
export type JournalState = 'none' | 'idle' | 'pending' | 'unreadable';

export interface JournalOptions extends JournalFileOptions {
  /** Which run of the system this is; see {@link JournalEntry.boot}. */
  readonly boot: string;
  readonly need: JournalNeed;
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
 * room is taken beforehand: that is cheap to write, and works on a full disk. One that fails costs no read and, unless it is
 * required, no write. Used under the pool file's locks only.
 */
export class Journal {
  readonly #options: JournalOptions;
  readonly #file: JournalFile;
  /** Of the latest entry, as {@link pending} found it and {@link write} went on. */
  #slot = 1;
  #sequence = 0;
  /** The latest entry whose change has been made although the file could not be marked. */
  #made = 0;
  #isDamaged = false;
  /** Whether the latest change could not be written down at all. */
  #isUnwritten = false;
  #readTrouble = '';
  #writeTrouble = '';
  readonly #entry = Buffer.alloc(usualEntry);
  /** The header that we wrote last, as it is once its change is done; zeros stand for a journal in which there is none. */
  readonly #lastHeader = Buffer.alloc(headerSize);
  readonly #foundHeader = Buffer.alloc(headerSize);

  constructor(options: JournalOptions) {
    this.#options = options;
    this.#file = new JournalFile(options, slotSize * slots.length);
  }

  /**
   * The change of the file with this inode that a crash may have left unfinished; undefined if there is none, or no journal that can
   * be read. What is of another file is not ours to finish or to drop. To be asked each time that the locks were taken: another
   * process of ours may have written since.
   */
  pending(inode: bigint): JournalEntry | undefined {
    let entry: JournalEntry | undefined;
    this.#readTrouble = troubleOf(() => {
      entry = this.#findPending(inode);
    });
    if (entry !== undefined) this.#isUnwritten = false;
    return entry;
  }

  /** How it is, in a word, for the file with this inode. */
  state(inode: bigint): JournalState {
    const isPending = this.pending(inode) !== undefined;
    if (this.trouble !== '' || this.#file.isForbidden) return 'unreadable';
    return isPending ? 'pending' : this.#file.isLinked() ? 'idle' : 'none';
  }

  /**
   * Whether {@link pending} has met an entry that is not whole: its writer was cut off before it changed anything, or the journal
   * has been damaged since. Such an entry is left out; the next change takes its place.
   */
  get isDamaged(): boolean {
    return this.#isDamaged;
  }

  /** Why the latest change was made without having been written down, or what is pending cannot be read; "" if all is well. */
  get trouble(): string {
    return this.#writeTrouble || this.#readTrouble;
  }

  /**
   * A cheaper answer for a pool file in which nobody has changed a byte since no change was pending: whether the latest entry that
   * we know is ours and done, and still stands. If it does, there is nothing pending: others of ours use the slots in turn,
   * so they have written into the other one, once at most, and their change has not begun. Our next entry takes its place.
   */
  isAsLeft(): boolean {
    if (this.trouble !== '' || !this.#file.isLinked()) return false;
    return this.#file.read(this.#foundHeader, this.#slot * slotSize).equals(this.#lastHeader);
  }

  /**
   * Writes down a change before it is made; {@link done}, or the next change, follows when it has been made. What the system cannot
   * do is thrown if the journal is required; {@link trouble} says it if not, and the change may be made all the same.
   */
  write(change: Change, inode: bigint, size: number): void {
    const { durability, boot, need } = this.#options;
    const write = (): void => {
      const sequence = this.#sequence + 1;
      const slot = 1 - this.#slot;
      const entry = encodeEntry({ sequence, boot, durability, inode, size, change }, this.#entry);
      this.#file.write(entry, slot * slotSize);
      this.#isUnwritten = false;
      this.#sequence = sequence;
      this.#slot = slot;
      entry.copy(this.#lastHeader, 0, 0, headerSize);
      this.#lastHeader[stateOffset] = doneState;
      if (durability === 'disk') this.#file.sync();
    };
    this.#isUnwritten = true;
    if (need === 'required') write();
    else this.#writeTrouble = troubleOf(write);
  }

  /** The last change is done with. Not synced: to find a finished change once more does no harm. */
  done(): void {
    if (this.#isUnwritten) return;
    const trouble = troubleOf(() => {
      this.#file.write(doneMark, this.#slot * slotSize + stateOffset);
    });
    if (trouble === '') return;
    this.#writeTrouble = trouble;
    this.#made = this.#sequence;
  }

  close(): void {
    this.#file.close();
  }

  #findPending(inode: bigint): JournalEntry | undefined {
    if (!this.#file.open()) return undefined;
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
      return headers[slot]?.live && entry.inode === inode && entry.sequence > this.#made ? entry : undefined;
    }
    return undefined;
  }

  #read(slot: number, length: number): Buffer {
    return this.#file.read(Buffer.alloc(length), slot * slotSize);
  }
}

function isUnwritten(header: Buffer): boolean {
  return header.equals(neverWritten.subarray(0, header.length));
}

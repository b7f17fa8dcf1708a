import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { appendRecord, overwriteRecord, removeAll, removeRecord } from './edits.ts';
import { held } from './lock.ts';
import { type AccessOptions, type KnownFile, PoolAccess, spoilt } from './pool-access.ts';
import { encodeRecord, keyOf, keyText, recordSize, valueOf } from './record.ts';
import { healTail } from './tail.ts';

/** The bytes of key and value before their NUL. */
export interface KeyAndValue {
  readonly key: Buffer;
  readonly value: Buffer;
}

/**
 * A row of records that the host, this guest's programs and we share. Of several records with one key the first counts.
 * Every call sees what others have written; it is synchronous unless a lock must be waited for. Buffers that it returns are good
 * until the next call to the same pool. What the system cannot do is thrown as an error whose message is fit for the log.
 */
export interface Pool {
  /** The value of a key. */
  get(key: Buffer): Awaitable<Buffer | undefined>;
  /** Writes a record in the place of the first one with this key, or behind the last one. */
  set(key: Buffer, value: Buffer): Awaitable<void>;
  /** Removes the first record with this key; false if there is none. */
  delete(key: Buffer): Awaitable<boolean>;
  /** The record at an index in the order of the file; undefined behind the last one. */
  at(index: number): Awaitable<KeyAndValue | undefined>;
  /** All records in the order of the file, as they were at one moment; buffers of their own. */
  records(): Awaitable<readonly KeyAndValue[]>;
  /** Writes a record behind the last one, whether or not there are others with this key. */
  append(key: Buffer, value: Buffer): Awaitable<void>;
  /** Empties the file in its place; with a time in ms since 1970, only if nobody has changed it since. Returns whether it did. */
  clear(unchangedSinceMs?: number): Awaitable<boolean>;
}

/** The pool in one file. */
export class FilePool implements Pool {
  readonly #access: PoolAccess;
  readonly #found = Buffer.alloc(recordSize);
  readonly #written = Buffer.alloc(recordSize);

  constructor(options: AccessOptions) {
    this.#access = new PoolAccess(options);
  }

  get(key: Buffer): Awaitable<Buffer | undefined> {
    return this.#access.read((known) => {
      const slot = known?.contents.index.slotOf(keyText(key));
      if (known === undefined || slot === undefined) return undefined;
      const record = this.#read(known, slot);
      return record !== undefined && keyOf(record).equals(key) ? valueOf(record) : held;
    });
  }

  at(index: number): Awaitable<KeyAndValue | undefined> {
    return this.#access.read((known) => {
      const record = known && this.#read(known, index);
      return record && { key: keyOf(record), value: valueOf(record) };
    });
  }

  records(): Awaitable<readonly KeyAndValue[]> {
    return this.#access.read((known) => {
      if (known === undefined) return [];
      const { length } = known.contents.index;
      const bytes = known.file.read(Buffer.alloc(length * recordSize), 0);
      return bytes.length === length * recordSize ? splitRecords(bytes) : held;
    });
  }

  set(key: Buffer, value: Buffer): Awaitable<void> {
    let record = encodeRecord(key, value, this.#written);
    const name = keyText(keyOf(record));
    const written = this.#access.write('set a record of', true, (edited, { index, size }) => {
      const wholeSize = healTail(edited, size);
      const slot = index.slotOf(name);
      if (slot !== undefined) {
        return overwriteRecord(edited, wholeSize, slot * recordSize, record) === 'done' || spoilt;
      }
      appendRecord(edited, wholeSize, record);
      index.append(name);
      return true;
    });
    if (written instanceof Promise) record = Buffer.from(record);
    return whenReady(written, () => undefined);
  }

  append(key: Buffer, value: Buffer): Awaitable<void> {
    const record = encodeRecord(key, value);
    const written = this.#access.write('append a record to', true, (edited, { index, size }) => {
      appendRecord(edited, healTail(edited, size), record);
      index.append(keyText(keyOf(record)));
      return true;
    });
    return whenReady(written, () => undefined);
  }

  clear(unchangedSinceMs = Infinity): Awaitable<boolean> {
    const cleared = this.#access.write('empty', false, (edited, { index }) => {
      // Under the locks, so that nothing is lost that a neighbour writes between look and truncation.
      if (edited.file.modifiedAtMs() >= unchangedSinceMs) return false;
      removeAll(edited);
      index.clear();
      return true;
    });
    return whenReady(cleared, (done) => done ?? false);
  }

  delete(key: Buffer): Awaitable<boolean> {
    const name = keyText(key);
    // Once begun, a removal that a neighbour cut off together with the records is a removal all the same.
    let isRemoved = false;
    const removed = this.#access.write('delete a record of', false, (edited, { index, size }) => {
      const slot = isRemoved ? undefined : index.slotOf(name);
      if (slot === undefined) return isRemoved;
      healTail(edited, size);
      isRemoved = true;
      if (removeRecord(edited, slot * recordSize) !== 'done') return spoilt;
      index.remove(slot);
      return true;
    });
    return whenReady(removed, (found) => found ?? isRemoved);
  }

  /** Finishes what a crash left. */
  recover(): void {
    this.#access.recover();
  }

  /** From the next operation on. */
  adjust(limits: Pick<AccessOptions, 'fileMode' | 'lockTimeoutMs'>): void {
    this.#access.adjust(limits);
  }

  close(): void {
    this.#access.close();
  }

  #read({ file }: KnownFile, slot: number): Buffer | undefined {
    const record = file.read(this.#found, slot * recordSize);
    return record.length === recordSize ? record : undefined;
  }
}

function splitRecords(bytes: Buffer): readonly KeyAndValue[] {
  return Array.from({ length: bytes.length / recordSize }, (_, slot) => {
    const record = bytes.subarray(slot * recordSize, (slot + 1) * recordSize);
    return { key: keyOf(record), value: valueOf(record) };
  });
}

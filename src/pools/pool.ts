import { makeSystemError } from '../device/system-error.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { appendRecords, type Edited, overwriteRecord, removeAll, removeRecord, replaceAll } from './edits.ts';
import { type Attempt, done, inSlices, spoilt, stale, whenEnded } from './attempt.ts';
import type { KnownFile } from './known-pool.ts';
import type { Contents } from './load.ts';
import type { PoolAccess } from './pool-access.ts';
import { encodeRecord, keyOf, keyText, recordSize, splitRecords, valueOf } from './record.ts';
import { healTail } from './tail.ts';

/** The bytes of key and value before their NUL. */
export interface KeyAndValue {
  readonly key: Buffer;
  readonly value: Buffer;
}

/**
 * A row of records that the host, this guest's programs and we share. Of several records with one key the first counts.
 * Every call sees what others have written; it is synchronous unless a lock must be waited for. Buffers that it returns are good
 * until the next call to the same pool. A signal gives up a wait for a lock, by its reason: then nothing has changed. What the system cannot do is thrown as an error whose message is fit for the log.
 */
export interface Pool {
  /** The value of a key. */
  get(key: Buffer, signal?: AbortSignal): Awaitable<Buffer | undefined>;
  /** Writes a record in the place of the first one with this key, or behind the last one. */
  set(key: Buffer, value: Buffer, signal?: AbortSignal): Awaitable<void>;
  /** Removes the first record with this key; false if there is none. */
  delete(key: Buffer, signal?: AbortSignal): Awaitable<boolean>;
  /** The record at an index in the order of the file; undefined behind the last one. */
  at(index: number): Awaitable<KeyAndValue | undefined>;
  /** All records in the order of the file, as they were at one moment; buffers of their own. */
  records(signal?: AbortSignal): Awaitable<readonly KeyAndValue[]>;
  /** Writes a record behind the last one, whether or not there are others with this key. */
  append(key: Buffer, value: Buffer, signal?: AbortSignal): Awaitable<void>;
  /** Empties the file in its place; with a time in ms since 1970, only if nobody has changed it since. Returns whether it did. */
  clear(unchangedSinceMs?: number, signal?: AbortSignal): Awaitable<boolean>;
  /** Puts these records in the place of all others, under one lock; if that fails, the file is as it was. */
  replace(records: readonly KeyAndValue[]): Awaitable<void>;
}

/** The pool in one file. */
export class FilePool implements Pool {
  readonly #access: PoolAccess;
  readonly #maxRecords: number;
  readonly #found = Buffer.alloc(recordSize);
  readonly #written = Buffer.alloc(recordSize);

  constructor(access: PoolAccess, maxRecords: number) {
    this.#access = access;
    this.#maxRecords = maxRecords;
  }

  get(key: Buffer, signal?: AbortSignal): Awaitable<Buffer | undefined> {
    return this.#access.read((known) => {
      const slot = known?.contents.index.slotOf(keyText(key));
      if (known === undefined || slot === undefined) return done(undefined);
      const record = this.#read(known, slot);
      return record !== undefined && keyOf(record).equals(key) ? done(valueOf(record)) : stale;
    }, signal);
  }

  at(index: number): Awaitable<KeyAndValue | undefined> {
    return this.#access.read((known) => {
      const record = known && this.#read(known, index);
      return done(record && { key: keyOf(record), value: valueOf(record) });
    });
  }

  records(signal?: AbortSignal): Awaitable<readonly KeyAndValue[]> {
    return this.#access.read((known) => {
      if (known === undefined) return done([]);
      const { length } = known.contents.index;
      const bytes = known.file.read(Buffer.alloc(length * recordSize), 0);
      return bytes.length === length * recordSize ? done(splitRecords(bytes)) : stale;
    }, signal);
  }

  set(key: Buffer, value: Buffer, signal?: AbortSignal): Awaitable<void> {
    let record = encodeRecord(key, value, this.#written);
    const name = keyText(keyOf(record));
    const written = this.#access.write(
      'set a record of',
      true,
      (edited, contents) => {
        const slot = contents.index.slotOf(name);
        if (slot === undefined) return this.#append(edited, contents, record);
        const healed = healTail(edited, contents.size);
        return healed.kind === 'done' ? overwriteRecord(edited, healed.value, slot * recordSize, record) : healed;
      },
      signal,
    );
    if (written instanceof Promise) record = Buffer.from(record);
    return whenReady(written, () => undefined);
  }

  append(key: Buffer, value: Buffer, signal?: AbortSignal): Awaitable<void> {
    const record = encodeRecord(key, value);
    const written = this.#access.write(
      'append a record to',
      true,
      (edited, contents) => this.#append(edited, contents, record),
      signal,
    );
    return whenReady(written, () => undefined);
  }

  clear(unchangedSinceMs = Infinity, signal?: AbortSignal): Awaitable<boolean> {
    const cleared = this.#access.write(
      'empty',
      false,
      (edited, { index }) => {
        // Under the locks, so that nothing is lost that a neighbour writes between look and truncation.
        if (edited.file.modifiedAtMs() >= unchangedSinceMs) return done(false);
        removeAll(edited);
        index.clear();
        return done(true);
      },
      signal,
    );
    return whenReady(cleared, (isCleared) => isCleared ?? false);
  }

  replace(records: readonly KeyAndValue[]): Awaitable<void> {
    const encoded = records.map(({ key, value }) => encodeRecord(key, value));
    let before: Buffer | undefined;
    const written = this.#access.write('replace the records of', true, (edited, { index, size }) => {
      this.#refuseMoreThanFit(records.length);
      // As it was before a neighbour without a lock made us begin anew.
      before ??= edited.file.read(Buffer.alloc(size), 0);
      const outcome = replaceAll(edited, before, encoded);
      index.clear();
      for (const record of encoded) index.append(keyText(keyOf(record)));
      return outcome;
    });
    return whenReady(written, () => undefined);
  }

  delete(key: Buffer, signal?: AbortSignal): Awaitable<boolean> {
    const name = keyText(key);
    // Once begun, a removal that a neighbour cut off together with the records is a removal all the same.
    let isRemoved = false;
    const removed = this.#access.write(
      'delete a record of',
      false,
      (edited, { index, size }) => {
        const slot = isRemoved ? undefined : index.slotOf(name);
        if (slot === undefined) return done(isRemoved);
        const healed = healTail(edited, size);
        if (healed.kind !== 'done') return healed;
        isRemoved = true;
        return whenEnded(inSlices(removeRecord(edited, slot * recordSize)), ({ kind }) => {
          if (kind !== 'done') return spoilt;
          index.remove(slot);
          return done(true);
        });
      },
      signal,
    );
    return whenReady(removed, (found) => found ?? isRemoved);
  }

  #append(edited: Edited, { index, size }: Contents, record: Buffer): Attempt<undefined> {
    this.#refuseMoreThanFit(index.length + 1);
    const healed = healTail(edited, size);
    if (healed.kind !== 'done') return healed;
    const appended = appendRecords(edited, healed.value, record);
    if (appended.kind === 'done') index.append(keyText(keyOf(record)));
    return appended;
  }

  #refuseMoreThanFit(records: number): void {
    if (records <= this.#maxRecords) return;
    throw makeSystemError(
      'EFBIG',
      'write',
      `it has ${this.#maxRecords} records, and no more are allowed (max_records)`,
    );
  }

  #read({ file }: KnownFile, slot: number): Buffer | undefined {
    const record = file.read(this.#found, slot * recordSize);
    return record.length === recordSize ? record : undefined;
  }
}

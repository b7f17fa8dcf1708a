import { partsOf, removeKey, setInParts } from '../chunks/chunked-records.ts';
import { findValue } from '../chunks/find.ts';
import { type ChunkSchemeName, chunkSchemes } from '../chunks/schemes.ts';
import { poolName, PoolNumber } from '../message/pool.ts';
import { type PoolChange, waitUntilFound, watchPools } from '../pool-changes/watch-pools.ts';
import { carriedLimits, storedLimits } from '../pools/limits.ts';
import type { KeyAndValue, Pool } from '../pools/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { checkKey, checkRecord, InvalidText } from '../pools/valid-record.ts';
import type { KvpChange, KvpKeyChange, KvpRecord } from './kvp-record.ts';
import { poolWithSignal } from './pool-with-signal.ts';
import { isWanted, type Wanted } from './wanted.ts';

/** What every call takes that may have to wait for another program's lock. */
export interface CallOptions {
  /** Gives up the wait: the call rejects with the signal's reason, and has changed nothing, or only some parts of a long value. */
  readonly signal?: AbortSignal;
}

/** Which changes are reported, and for how long. */
export interface WatchOptions {
  readonly signal?: AbortSignal;
  /** Only changes of these; the file itself is not reported then. */
  readonly keys?: Wanted<KvpKeyChange>;
}

/** How a value is written. */
export interface SetOptions extends CallOptions {
  /** Split it as this program reads it; it may then have any length that the scheme takes. */
  readonly chunk?: ChunkSchemeName;
  /** Allow what a record stores, 512 and 2048 bytes, rather than what the host surely gets. */
  readonly unsafe?: boolean;
}

/** How long to wait for a key. */
export interface WaitOptions {
  /** In milliseconds; for ever if it is not given. */
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
}

/** A key did not come in the time that it was given. */
export class WaitTimeout extends Error {
  override readonly name = 'WaitTimeout';
}

/** The pool was closed, by {@link KvpPool.close} or the end of its block, while somebody watched it or waited for a key. */
export class PoolClosed extends Error {
  override readonly name = 'PoolClosed';
}

/**
 * One of the five pools. Every call sees what host and other programs have written, takes the locks that they expect, and leaves a
 * journal by which a change that is cut off is finished or dropped. Failures of the system reject with a Node.js system error. Bytes
 * that are not UTF-8 become U+FFFD.
 */
export class KvpPool {
  readonly number: PoolNumber;
  readonly #pools: Pools;
  readonly #directory: string;
  readonly #closed = new AbortController();
  readonly #warn: (text: string) => void;

  /** Used by {@link openPool}. @internal */
  constructor(pools: Pools, number: PoolNumber, directory: string, warn: (text: string) => void) {
    this.#pools = pools;
    this.number = number;
    this.#directory = directory;
    this.#warn = warn;
  }

  /** The value of a key, its parts joined; undefined if there is none. Rejects with ChunkError if its parts can be joined in two ways. */
  async get(key: string, { signal }: CallOptions = {}): Promise<string | undefined> {
    const bytes = keyBytes(key);
    return findValue(bytes, await poolWithSignal(this.#pool, signal).records())?.value.toString();
  }

  /** All records in the order of the file. There may be several with one key. */
  async records({ signal }: CallOptions = {}): Promise<readonly KvpRecord[]> {
    return (await poolWithSignal(this.#pool, signal).records()).map(textsOf);
  }

  /** Writes a key in the place of the first record that has it, or behind the last one. Rejects with TooLong, InvalidText or ChunkError. */
  async set(key: string, value: string, { chunk, unsafe = false, signal }: SetOptions = {}): Promise<void> {
    const record = { key: Buffer.from(key), value: Buffer.from(value) };
    if (chunk === undefined) {
      checkRecord(record, unsafe ? storedLimits : carriedLimits);
      await this.#writable(signal).set(record.key, record.value);
      return;
    }
    const scheme = chunkSchemes[chunk];
    const parts = partsOf(record, scheme);
    await setInParts(this.#writable(signal), record.key, parts, scheme);
  }

  /** Writes a record behind the last one, whether or not the key is there. Rejects with TooLong or InvalidText. */
  async append(key: string, value: string, { unsafe = false, signal }: Omit<SetOptions, 'chunk'> = {}): Promise<void> {
    const record = { key: Buffer.from(key), value: Buffer.from(value) };
    checkRecord(record, unsafe ? storedLimits : carriedLimits);
    await this.#writable(signal).append(record.key, record.value);
  }

  /** Removes every record with a key, and its parts if a scheme is given; returns how many there were. */
  async delete(key: string, { chunk, signal }: Omit<SetOptions, 'unsafe'> = {}): Promise<number> {
    const bytes = keyBytes(key);
    return await removeKey(this.#writable(signal), bytes, chunk && chunkSchemes[chunk]);
  }

  /** Empties the pool; `ifStale`: only if it has not changed since the system started. Returns whether it did. */
  async clear({ ifStale = false, signal }: CallOptions & { readonly ifStale?: boolean } = {}): Promise<boolean> {
    return await this.#writable(signal).clear(ifStale ? this.#pools.bootTimeMs() : undefined);
  }

  /**
   * The changes from now on, until `signal` is aborted or the loop is left. What happens faster than it is taken is reported as one
   * change; the last state is always reported. Rejects with {@link PoolClosed} once the pool is closed.
   */
  watch(options: WatchOptions & Required<Pick<WatchOptions, 'keys'>>): AsyncGenerator<KvpKeyChange, void, undefined>;
  /** The same of the whole pool, and of its file. */
  watch(options?: WatchOptions): AsyncGenerator<KvpChange, void, undefined>;
  async *watch({ signal, keys }: WatchOptions = {}): AsyncGenerator<KvpChange, void, undefined> {
    const end = this.#orClosed(signal);
    const pools = { at: (pool: PoolNumber) => poolWithSignal(this.#pools.at(pool), end) };
    const watched = { pools, directory: this.#directory, wanted: [this.number], warn: this.#warn };
    try {
      for await (const found of watchPools(watched, end)) {
        const change = changeOf(found);
        if (keys === undefined || ('key' in change && isWanted(keys, change))) yield change;
      }
    } catch (error) {
      // What was asked of the pool when it was to end, or was closed.
      if (signal?.aborted === true) return;
      this.#throwIfClosed();
      throw error;
    }
    if (signal?.aborted !== true) this.#throwIfClosed();
  }

  /**
   * Waits until there is a record with the very key, and returns its value. Parts are not waited for: nothing shows which is the
   * last; wait for a key that the host writes behind them. Rejects with {@link WaitTimeout}, {@link PoolClosed}, or the signal's reason.
   */
  async waitFor(key: string, options?: WaitOptions): Promise<string>;
  /** The same for a record that a pattern or a function says is wanted; returns it. */
  async waitFor(wanted: Exclude<Wanted, string>, options?: WaitOptions): Promise<KvpRecord>;
  async waitFor(wanted: Wanted, options: WaitOptions = {}): Promise<string | KvpRecord> {
    if (typeof wanted !== 'string') {
      const what =
        typeof wanted === 'function' ? 'no matching record appeared' : `no key like '${wanted.pattern}' appeared`;
      return await this.#waitUntil(what, options, async (signal) => {
        const records = (await this.#pool.records(signal)).map(textsOf);
        return records.find((record) => isWanted(wanted, record));
      });
    }
    const bytes = keyBytes(wanted);
    const find = async (signal: AbortSignal): Promise<string | undefined> =>
      (await this.#pool.get(bytes, signal))?.toString();
    return await this.#waitUntil(`the key '${wanted}' did not appear`, options, find);
  }

  async #waitUntil<T>(
    what: string,
    { timeoutMs, signal }: WaitOptions,
    find: (signal: AbortSignal) => Promise<T | undefined>,
  ): Promise<T> {
    signal?.throwIfAborted();
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const watched = { directory: this.#directory, wanted: [this.number], warn: this.#warn };
    const end = this.#orClosed(timeout, signal);
    const value = await waitUntilFound(watched, () => find(end), end).catch((error: unknown) => {
      this.#throwIfClosed();
      // While it waited for a lock.
      if (timeout?.aborted !== true || signal?.aborted === true) throw error;
      return undefined;
    });
    if (value !== undefined) return value;
    signal?.throwIfAborted();
    this.#throwIfClosed();
    throw new WaitTimeout(`${what} within ${timeoutMs ?? 0} ms`);
  }

  /** Gives everything back; any number of times. */
  close(): void {
    this.#closed.abort();
    this.#pools.close();
  }

  /** For `using`. */
  [Symbol.dispose](): void {
    this.close();
  }

  /** For `await using`. */
  [Symbol.asyncDispose](): Promise<void> {
    this.close();
    return Promise.resolve();
  }

  /** Aborted once one of the signals is, or the pool is closed. */
  #orClosed(...signals: readonly (AbortSignal | undefined)[]): AbortSignal {
    return AbortSignal.any([this.#closed.signal, ...signals.filter((each) => each !== undefined)]);
  }

  #throwIfClosed(): void {
    if (this.#closed.signal.aborted) throw new PoolClosed(`pool ${poolName(this.number)} was closed`);
  }

  get #pool(): Pool {
    return this.#pools.at(this.number);
  }

  #writable(signal: AbortSignal | undefined): Pool {
    if (this.number !== PoolNumber.auto) return poolWithSignal(this.#pool, signal);
    throw new InvalidText('pool auto cannot be written: its keys are computed when the host asks');
  }
}

function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key);
  checkKey(bytes);
  return bytes;
}

function textsOf({ key, value }: KeyAndValue): KvpRecord {
  return { key: key.toString(), value: value.toString() };
}

function changeOf(change: PoolChange): KvpChange {
  if (!('key' in change)) return { kind: change.kind };
  return { kind: change.kind, key: change.key.toString(), value: change.value.toString() };
}

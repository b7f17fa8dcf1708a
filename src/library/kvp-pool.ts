import { partsOf, removeKey, setInParts } from '../chunks/chunked-records.ts';
import { findValue } from '../chunks/find.ts';
import { type ChunkSchemeName, chunkSchemes } from '../chunks/schemes.ts';
import { PoolNumber } from '../message/pool.ts';
import { type PoolChange, waitUntilFound, watchPools } from '../pool-changes/watch-pools.ts';
import { carriedLimits, storedLimits } from '../pools/limits.ts';
import type { Pool } from '../pools/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { bootTimeMs } from '../pools/stale.ts';
import { checkKey, checkRecord, InvalidText } from '../pools/valid-record.ts';
import type { KvpChange, KvpRecord } from './kvp-record.ts';

/** How a value is written. */
export interface SetOptions {
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

/**
 * One of the five pools. Every call sees what host and other programs have written, takes the locks that they expect, and leaves a
 * journal by which a change that is cut off is finished or dropped. Failures of the system reject with a Node.js system error. Bytes
 * that are not UTF-8 become U+FFFD.
 */
export class KvpPool {
  readonly number: PoolNumber;
  readonly #pools: Pools;
  readonly #directory: string;

  /** Used by {@link openPool}. @internal */
  constructor(pools: Pools, number: PoolNumber, directory: string) {
    this.#pools = pools;
    this.number = number;
    this.#directory = directory;
  }

  /** The value of a key, its parts joined; undefined if there is none. Rejects with ChunkError if its parts can be joined in two ways. */
  async get(key: string): Promise<string | undefined> {
    const bytes = keyBytes(key);
    return findValue(bytes, await this.#pool.records())?.value.toString();
  }

  /** All records in the order of the file. There may be several with one key. */
  async records(): Promise<readonly KvpRecord[]> {
    return (await this.#pool.records()).map(({ key, value }) => ({ key: key.toString(), value: value.toString() }));
  }

  /** Writes a key in the place of the first record that has it, or behind the last one. Rejects with TooLong, InvalidText or ChunkError. */
  async set(key: string, value: string, { chunk, unsafe = false }: SetOptions = {}): Promise<void> {
    const record = { key: Buffer.from(key), value: Buffer.from(value) };
    if (chunk === undefined) {
      checkRecord(record, unsafe ? storedLimits : carriedLimits);
      await this.#writable().set(record.key, record.value);
      return;
    }
    const scheme = chunkSchemes[chunk];
    const parts = partsOf(record, scheme);
    await setInParts(this.#writable(), record.key, parts, scheme);
  }

  /** Writes a record behind the last one, whether or not the key is there. Rejects with TooLong or InvalidText. */
  async append(key: string, value: string, { unsafe = false }: Pick<SetOptions, 'unsafe'> = {}): Promise<void> {
    const record = { key: Buffer.from(key), value: Buffer.from(value) };
    checkRecord(record, unsafe ? storedLimits : carriedLimits);
    await this.#writable().append(record.key, record.value);
  }

  /** Removes every record with a key, and its parts if a scheme is given; returns how many there were. */
  async delete(key: string, { chunk }: Pick<SetOptions, 'chunk'> = {}): Promise<number> {
    const bytes = keyBytes(key);
    return await removeKey(this.#writable(), bytes, chunk && chunkSchemes[chunk]);
  }

  /** Empties the pool; `ifStale`: only if nobody has changed it since the system started. Returns whether it did. */
  async clear({ ifStale = false }: { readonly ifStale?: boolean } = {}): Promise<boolean> {
    return await this.#writable().clear(ifStale ? bootTimeMs() : undefined);
  }

  /**
   * The changes from now on, until `signal` is aborted or the loop is left. What happens faster than it is taken is told as one
   * change; the last state is always told.
   */
  async *watch({ signal }: { readonly signal?: AbortSignal } = {}): AsyncGenerator<KvpChange, void, undefined> {
    const watched = { pools: this.#pools, directory: this.#directory, wanted: [this.number] };
    for await (const change of watchPools(watched, signal)) yield changeOf(change);
  }

  /**
   * Waits until there is a record with the very key, and returns its value. Parts are not waited for: nothing tells which is the
   * last; wait for a key that the host writes behind them. Rejects with {@link WaitTimeout}, or with the signal's reason.
   */
  async waitFor(key: string, { timeoutMs, signal }: WaitOptions = {}): Promise<string> {
    const bytes = keyBytes(key);
    const timeout = timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs);
    const ends = [timeout, signal].filter((each) => each !== undefined);
    const find = async (): Promise<string | undefined> => (await this.#pool.get(bytes))?.toString();
    const watched = { directory: this.#directory, wanted: [this.number] };
    const value = await waitUntilFound(watched, find, AbortSignal.any(ends));
    if (value !== undefined) return value;
    signal?.throwIfAborted();
    throw new WaitTimeout(`the key '${key}' did not come within ${timeoutMs ?? 0} ms`);
  }

  /** Gives everything back; any number of times. */
  close(): void {
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

  get #pool(): Pool {
    return this.#pools.at(this.number);
  }

  #writable(): Pool {
    if (this.number !== PoolNumber.auto) return this.#pool;
    throw new InvalidText('pool auto cannot be written: its keys are made up when the host asks');
  }
}

function keyBytes(key: string): Buffer {
  const bytes = Buffer.from(key);
  checkKey(bytes);
  return bytes;
}

function changeOf(change: PoolChange): KvpChange {
  if (!('key' in change)) return { kind: change.kind };
  return { kind: change.kind, key: change.key.toString(), value: change.value.toString() };
}

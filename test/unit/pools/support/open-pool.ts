import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { PoolNumber } from '../../../../src/message/pool.ts';
import type { Disk } from '../../../../src/pools/disk.ts';
import type { Pool } from '../../../../src/pools/pool.ts';
import { openPools, type PoolOptions, poolPaths, type Pools } from '../../../../src/pools/pools.ts';
import { encodeRecord, keyOf, recordSize, valueOf } from '../../../../src/pools/record.ts';

/** Those of the pools, with one disk for all. */
type OpenOptions = Partial<Omit<PoolOptions, 'disk'>> & { readonly disk?: Disk };

/** Pools in a folder of their own that goes when the test ends. */
export interface Place {
  readonly directory: string;
  readonly stateDirectory: string;
  /** The file of the guest pool, which the tests use. */
  readonly path: string;
  /** Of its journal, and where ends of it are saved. */
  readonly journalPath: string;
  readonly tailPath: string;
  readonly warnings: string[];
  open(options?: OpenOptions): Pools;
  /** Opens the pools and returns the guest's. */
  openGuest(options?: OpenOptions): Pool;
}

export function makePlace(parent: string = tmpdir()): Place {
  const directory = mkdtempSync(join(parent, 'hyperv-kvp-pools-'));
  const stateDirectory = join(directory, '.hyperv-kvp');
  const warnings: string[] = [];
  const opened: Pools[] = [];
  onTestFinished(() => {
    for (const pools of opened) pools.close();
    rmSync(directory, { recursive: true });
  });
  const open = ({ disk, ...options }: OpenOptions = {}): Pools => {
    const pools = openPools({
      directory,
      stateDirectory,
      fileMode: 0o644,
      durability: 'memory',
      lockTimeoutMs: 2000,
      warn: (text) => warnings.push(text),
      ...options,
      ...(disk && { disk: () => disk }),
    });
    opened.push(pools);
    return pools;
  };
  return {
    directory,
    stateDirectory,
    ...poolPaths({ directory, stateDirectory }, PoolNumber.guest),
    warnings,
    open,
    openGuest: (options) => open(options).at(PoolNumber.guest),
  };
}

/** A record as a neighbour would write it. */
export function record(key: string, value: string): Buffer {
  return encodeRecord(Buffer.from(key), Buffer.from(value));
}

/** Records from `key0=value0` on. */
export function records(count: number): Buffer {
  return Buffer.concat(Array.from({ length: count }, (_, index) => record(`key${index}`, `value${index}`)));
}

/** What a pool file holds, as `key=value` lines. */
export function contentsOf(path: string): string[] {
  return textsOf(readFileSync(path));
}

export function textsOf(bytes: Buffer): string[] {
  const texts: string[] = [];
  for (let start = 0; start < bytes.length; start += recordSize) {
    const each = bytes.subarray(start, start + recordSize);
    texts.push(`${keyOf(each).toString()}=${valueOf(each).toString()}`);
  }
  return texts;
}

/** A pool whose keys and values are strings. */
export class TextPool {
  readonly #pool: Pool;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async get(key: string): Promise<string | undefined> {
    return (await this.#pool.get(Buffer.from(key)))?.toString();
  }

  async set(key: string, value: string): Promise<void> {
    await this.#pool.set(Buffer.from(key), Buffer.from(value));
  }

  async append(key: string, value: string): Promise<void> {
    await this.#pool.append(Buffer.from(key), Buffer.from(value));
  }

  async clear(unchangedSinceMs?: number): Promise<boolean> {
    return await this.#pool.clear(unchangedSinceMs);
  }

  /** Records as `key=value` lines. */
  async replace(lines: readonly string[]): Promise<void> {
    const pairs = lines.map((line) => line.split('=').map((text) => Buffer.from(text)));
    await this.#pool.replace(pairs.map(([key = Buffer.alloc(0), value = Buffer.alloc(0)]) => ({ key, value })));
  }

  /** All records at once. */
  async records(): Promise<string[]> {
    return (await this.#pool.records()).map(({ key, value }) => `${key.toString()}=${value.toString()}`);
  }

  async delete(key: string): Promise<boolean> {
    return await this.#pool.delete(Buffer.from(key));
  }

  async at(index: number): Promise<string | undefined> {
    const found = await this.#pool.at(index);
    return found && `${found.key.toString()}=${found.value.toString()}`;
  }

  /** All records, as the host enumerates them. */
  async all(): Promise<string[]> {
    const texts: string[] = [];
    for (let text = await this.at(0); text !== undefined; text = await this.at(texts.length)) texts.push(text);
    return texts;
  }
}

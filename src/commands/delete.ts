import { removeKey } from '../chunks/chunked-records.ts';
import { type ChunkSchemeName, chunkSchemes } from '../chunks/schemes.ts';
import { poolName, type PoolNumber } from '../message/pool.ts';
import { checkKey } from '../pools/valid-record.ts';
import type { Pools } from '../pools/pools.ts';
import { NotFound } from './failure.ts';
import { type Output, writeJson } from './output.ts';
import { writablePool } from './writable-pool.ts';

export interface DeleteOptions {
  readonly pool: PoolNumber;
  /** Whose parts to remove as well. */
  readonly scheme: ChunkSchemeName | undefined;
}

/** Removes every record of each key. Throws {@link NotFound} at the end if one was not there. */
export async function remove(
  pools: Pools,
  keys: readonly Buffer[],
  { pool: number, scheme }: DeleteOptions,
  output: Output,
): Promise<void> {
  const pool = writablePool(pools, number);
  for (const key of keys) checkKey(key);
  const missing: string[] = [];
  let deleted = 0;
  for (const key of keys) {
    const count = await removeKey(pool, key, scheme && chunkSchemes[scheme]);
    deleted += count;
    if (count === 0) missing.push(key.toString());
  }
  if (output.json) writeJson(output, { pool: poolName(number), deleted, missing });
  if (missing.length > 0) {
    throw new NotFound(`pool ${poolName(number)} has no key ${missing.map((key) => `'${key}'`).join(', ')}`);
  }
}

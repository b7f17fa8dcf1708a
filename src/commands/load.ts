import { isUtf8 } from 'node:buffer';
import { readFileSync } from 'node:fs';
import { poolName, type PoolNumber } from '../message/pool.ts';
import { TooLong } from '../pools/limits.ts';
import { checkBytes, InvalidText } from '../pools/valid-record.ts';
import type { Pools } from '../pools/pools.ts';
import { UsageError } from './failure.ts';
import { standardInput } from './given-text.ts';
import { type Loadable, parseLoadable } from './loadable.ts';
import { type Output, outliveReader, writeJson } from './output.ts';
import { Progress } from './progress.ts';
import { recordJson } from './record-json.ts';
import { checkGiven } from './set.ts';
import { writablePool } from './writable-pool.ts';

export interface LoadOptions {
  /** For all records, whatever they say. */
  readonly pool: PoolNumber | undefined;
  readonly unsafe: boolean;
  /** `set`: each key once. `append`: behind what is there. `replace`: the pools are emptied first. */
  readonly way: 'set' | 'append' | 'replace';
}

/** Writes the records of a file, or of standard input for `-`; all of them are checked before the first is written. */
export async function load(pools: Pools, file: string, options: LoadOptions, output: Output): Promise<void> {
  const text = file === '-' ? await standardInput() : readFileSync(file);
  if (!isUtf8(text)) {
    throw new UsageError(`${file} is not valid UTF-8; what is not can be given as key_base64, value_base64`);
  }
  const records = parseLoadable(text.toString(), options.pool);
  for (const record of records) check(record, pools, options);
  outliveReader();
  if (options.way === 'replace') for (const pool of poolsOf(records, options)) await pools.at(pool).clear();
  const progress = new Progress('loaded');
  for (const [index, record] of records.entries()) {
    const pool = pools.at(record.pool);
    if (options.way === 'set') await pool.set(record.key, record.value);
    else await pool.append(record.key, record.value);
    if (output.json) writeJson(output, recordJson(record.pool, record));
    progress.tell(index + 1, records.length);
  }
  progress.end();
  if (!output.json && output.isTerminal) output.write(`${records.length} records loaded\n`);
}

function poolsOf(records: readonly Loadable[], { pool }: LoadOptions): ReadonlySet<PoolNumber> {
  return new Set(pool === undefined ? records.map((record) => record.pool) : [pool]);
}

function check(record: Loadable, pools: Pools, options: LoadOptions): void {
  try {
    writablePool(pools, record.pool);
    // Not whether it is UTF-8: what is not was given in base 64, as dump writes it, and is meant.
    checkGiven(record, options, checkBytes);
    if (record.key.length === 0 && !options.unsafe) throw new InvalidText('the key is empty; --unsafe allows it');
  } catch (cause) {
    if (!(cause instanceof UsageError || cause instanceof InvalidText || cause instanceof TooLong)) throw cause;
    throw new UsageError(`${record.place} (pool ${poolName(record.pool)}): ${cause.message}`, { cause });
  }
}

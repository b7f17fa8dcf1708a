import { poolName, type PoolNumber } from '../../message/pool.ts';
import { TooLong } from '../../pools/limits.ts';
import { checkBytes, InvalidText } from '../../pools/valid-record.ts';
import type { Pools } from '../../pools/pools.ts';
import { UsageError } from '../failure.ts';
import { decodeText } from './given-text.ts';
import { readGivenFile, standardInput } from '../whole-input.ts';
import { type Readers, warner } from './host-warnings.ts';
import { type Loadable, parseLoadable } from './loadable.ts';
import { type Output, writeJson } from '../output.ts';
import { Progress } from '../progress.ts';
import { recordJson } from './record-json.ts';
import { checkGiven } from './set.ts';
import { writablePool } from './writable-pool.ts';

export interface LoadOptions extends Readers {
  /** For all records, whatever they say. */
  readonly pool: PoolNumber | undefined;
  /** `set`: each key once. `append`: behind what is there. `replace`: in the place of what is there. */
  readonly way: 'set' | 'append' | 'replace';
}

/** Writes the records of a file, or of standard input for `-`; all of them are checked before the first is written. */
export async function load(pools: Pools, file: string, options: LoadOptions, output: Output): Promise<void> {
  const text = decodeText(await (file === '-' ? standardInput() : readGivenFile(file)));
  if (text === undefined) {
    throw new UsageError(`${file} is not valid UTF-8; use key_base64 and value_base64 for other bytes`);
  }
  const records = parseLoadable(text, options.pool);
  for (const record of records) check(record, pools, options);
  for (const number of poolsOf(records, options)) {
    const there = options.way === 'replace' ? { records: () => [] } : pools.at(number);
    await warner(there, options)(records.filter(({ pool }) => pool === number));
  }
  const written = options.way === 'replace' ? replace(pools, records, options) : write(pools, records, options.way);
  const progress = new Progress('loaded');
  let count = 0;
  for await (const record of written) {
    if (output.json) writeJson(output, recordJson(record.pool, record));
    progress.tell((count += 1), records.length);
  }
  progress.end();
  if (!output.json && output.isTerminal) output.write(`${records.length} records loaded\n`);
}

/** Prints each record when it is written. */
async function* write(pools: Pools, records: readonly Loadable[], way: 'set' | 'append'): AsyncGenerator<Loadable> {
  for (const record of records) {
    await pools.at(record.pool)[way](record.key, record.value);
    yield record;
  }
}

/** A pool at a time: it has all its new records, or still those that it had. */
async function* replace(pools: Pools, records: readonly Loadable[], options: LoadOptions): AsyncGenerator<Loadable> {
  for (const pool of poolsOf(records, options)) {
    const own = records.filter((record) => record.pool === pool);
    await pools.at(pool).replace(own);
    yield* own;
  }
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

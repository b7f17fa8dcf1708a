import { isSystemError } from '../device/system-error.ts';
import { poolName, type PoolNumber } from '../message/pool.ts';
import { printable } from '../message/printable.ts';
import { firstOfEachKey } from '../pools/first-of-each-key.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { columns } from './columns.ts';
import { type Output, paint, writeJson } from './output.ts';
import { recordJson } from './record-json.ts';

export interface ListOptions {
  readonly wanted: readonly PoolNumber[];
  /** One record a key, the one that GET means, by their names. */
  readonly unique: boolean;
}

interface Listed {
  readonly pool: PoolNumber;
  readonly records: readonly KeyAndValue[];
}

/** Prints keys and values. A pool that cannot be read is told at the end, after those that can. */
export async function list(pools: Pools, { wanted, unique }: ListOptions, output: Output): Promise<void> {
  const listed: Listed[] = [];
  const failures: Error[] = [];
  for (const pool of wanted) {
    try {
      const records = await pools.at(pool).records();
      listed.push({ pool, records: unique ? uniqueByKey(records) : records });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      failures.push(error);
    }
  }
  if (output.json) {
    writeJson(
      output,
      listed.flatMap(({ pool, records }) => records.map((record) => recordJson(pool, record))),
    );
  } else if (output.isTerminal) {
    output.write(table(listed, output));
  } else {
    for (const { pool, records } of listed) {
      for (const record of records) output.write(`${cells(pool, record).join('\t')}\n`);
    }
  }
  if (failures[0] !== undefined) throw failures[0];
}

function uniqueByKey(records: readonly KeyAndValue[]): readonly KeyAndValue[] {
  return [...firstOfEachKey(records).values()].sort((one, other) => Buffer.compare(one.key, other.key));
}

function table(listed: readonly Listed[], output: Output): string {
  const rows = listed.flatMap(({ pool, records }) => records.map((record) => cells(pool, record)));
  if (rows.length === 0) return paint(output, 'dim', 'no records\n');
  const [head = '', ...lines] = columns([['POOL', 'KEY', 'VALUE'], ...rows]);
  return `${[paint(output, 'bold', head), ...lines].join('\n')}\n`;
}

function cells(pool: PoolNumber, { key, value }: KeyAndValue): readonly string[] {
  return [poolName(pool), printable(key.toString()), printable(value.toString())];
}

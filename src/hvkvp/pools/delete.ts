import { removeKey } from '../../chunks/chunked-records.ts';
import { type ChunkSchemeName, chunkSchemes } from '../../chunks/schemes.ts';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { keyText } from '../../pools/record.ts';
import { confirm } from '../confirm.ts';
import { NotFound } from '../failure.ts';
import { type Output, writeJson } from '../output.ts';
import { counted } from './counted.ts';
import { type GivenKey, isMeant, meantAmong } from './meant-keys.ts';
import { writablePool } from './writable-pool.ts';

export interface DeleteOptions {
  readonly pool: PoolNumber;
  /** Whose parts to remove as well. */
  readonly scheme: ChunkSchemeName | undefined;
  /** Without a question, which there is only where a pattern says what goes. */
  readonly yes: boolean;
}

/** Removes every record of each key that is meant. Throws {@link NotFound} at the end if one was not there, UsageError if nobody agrees. */
export async function remove(
  pools: Pools,
  given: readonly GivenKey[],
  { pool: number, scheme, yes }: DeleteOptions,
  output: Output,
): Promise<void> {
  const pool = writablePool(pools, number);
  const hasPattern = given.some(({ pattern }) => pattern !== undefined);
  const records = hasPattern ? await pool.records() : [];
  const meant = given.map((each) => meantAmong(each, records));
  const going = records.filter(({ key }) => meant.some((each) => isMeant(each, key)));
  const isWide = meant.some((each) => each.pattern !== undefined && going.some(({ key }) => isMeant(each, key)));
  if (isWide && !yes) await confirm(question(going, number));
  const missing: string[] = [];
  let deleted = 0;
  for (const each of meant) {
    // Those that were there when it was asked, and no others.
    const keys = each.pattern === undefined ? [each.key] : distinct(records).filter((key) => isMeant(each, key));
    let count = 0;
    for (const key of keys) count += await removeKey(pool, key, scheme && chunkSchemes[scheme]);
    deleted += count;
    if (keys.length === 0 || (each.pattern === undefined && count === 0)) missing.push(each.key.toString());
  }
  if (output.json) writeJson(output, { pool: poolName(number), deleted, missing });
  if (missing.length > 0) {
    throw new NotFound(`pool ${poolName(number)} has no key ${missing.map((key) => `'${key}'`).join(', ')}`);
  }
}

function distinct(records: readonly KeyAndValue[]): readonly Buffer[] {
  return [...new Map(records.map(({ key }) => [keyText(key), key])).values()];
}

const mostNamed = 10;

/** Says what would go, by name as long as that can be overseen. */
function question(going: readonly KeyAndValue[], pool: PoolNumber): string {
  const keys = distinct(going).map((key) => printable(key.toString()));
  const named = keys.slice(0, mostNamed).join(', ');
  const more = keys.length > mostNamed ? ` and ${keys.length - mostNamed} more` : '';
  const what = `${counted(going.length, 'record')} of ${counted(keys.length, 'key')}`;
  return `Delete ${what} from pool ${poolName(pool)}: ${named}${more}?`;
}

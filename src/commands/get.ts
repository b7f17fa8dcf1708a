import { findValue, type FoundValue } from '../chunks/find.ts';
import { type ChunkSchemeName, chunkSchemes } from '../chunks/schemes.ts';
import type { PoolNumber } from '../message/pool.ts';
import { printable } from '../message/printable.ts';
import { checkKey } from '../pools/valid-record.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { NotFound } from './failure.ts';
import { missingKey } from './missing-key.ts';
import { type Output, writeJson } from './output.ts';
import { recordJson } from './record-json.ts';

export interface GetOptions {
  /** Where to look, in this order; the first pool that has the key answers. */
  readonly wanted: readonly PoolNumber[];
  /** How the value was split; undefined: found out. */
  readonly scheme: ChunkSchemeName | undefined;
  /** Every record with the key, and no joining. */
  readonly all: boolean;
  readonly newline: boolean;
}

/** Prints the value of a key: to a program the bytes as they are, to a person without control characters. Throws {@link NotFound}. */
export async function get(pools: Pools, key: Buffer, options: GetOptions, output: Output): Promise<void> {
  checkKey(key);
  for (const pool of options.wanted) {
    const records = await pools.at(pool).records();
    const found = options.all ? recordsOf(key, records) : valueOf(key, records, options.scheme);
    if (found.length === 0) continue;
    if (output.json) {
      writeJson(output, options.all ? found.map((each) => jsonOf(pool, key, each)) : jsonOf(pool, key, found[0]));
    } else for (const { value } of found) writeValue(value, options.newline, output);
    return;
  }
  throw new NotFound(missingKey(options.wanted, key));
}

function recordsOf(key: Buffer, records: readonly KeyAndValue[]): readonly FoundValue[] {
  return records.filter((record) => record.key.equals(key)).map(({ value }) => ({ value, scheme: undefined }));
}

function valueOf(
  key: Buffer,
  records: readonly KeyAndValue[],
  scheme: ChunkSchemeName | undefined,
): readonly FoundValue[] {
  if (scheme === undefined) {
    const found = findValue(key, records);
    return found === undefined ? [] : [found];
  }
  const value = chunkSchemes[scheme].join(key, records);
  return value === undefined ? [] : [{ value, scheme }];
}

function jsonOf(pool: PoolNumber, key: Buffer, found: FoundValue | undefined): object {
  const { value = Buffer.alloc(0), scheme } = found ?? {};
  return { ...recordJson(pool, { key, value }), ...(scheme === undefined ? {} : { chunk: scheme }) };
}

export function writeValue(value: Buffer, newline: boolean, output: Output): void {
  output.write(output.isTerminal ? printable(value.toString()) : value);
  if (newline) output.write('\n');
}

import { findValue, type FoundValue } from '../../chunks/find.ts';
import { type ChunkSchemeName, chunkSchemes } from '../../chunks/schemes.ts';
import type { PoolNumber } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { firstOfEachKey } from '../../pools/first-of-each-key.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { ReadablePools } from './live-auto-pool.ts';
import { NotFound } from '../failure.ts';
import { type GivenKey, isMeant } from './meant-keys.ts';
import { missingKey } from './missing-key.ts';
import { type Output, writeJson, writeJsonArray } from '../output.ts';
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

/**
 * Prints the value of a key: to a program the bytes as they are, to a person without control characters; of a pattern
 * the values of all keys that it fits, unless a key is called so. Throws {@link NotFound}.
 */
export async function get(pools: ReadablePools, given: GivenKey, options: GetOptions, output: Output): Promise<void> {
  const named = await findNamed(pools, given.key, options);
  const found = named.length > 0 ? named : await findEach(pools, given, options);
  const [first] = found;
  if (first === undefined) throw new NotFound(missingKey(options.wanted, given));
  if (!output.json) for (const { value } of found) writeValue(value.value, options.newline, output);
  else if (named.length > 0 && !options.all) writeJson(output, jsonOf(first));
  else writeJsonArray(output, found.map(jsonOf));
}

interface Found {
  readonly pool: PoolNumber;
  readonly key: Buffer;
  readonly value: FoundValue;
}

/** What the first pool has that has a key of this very name. */
async function findNamed(pools: ReadablePools, key: Buffer, options: GetOptions): Promise<readonly Found[]> {
  for (const pool of options.wanted) {
    const records = await pools.at(pool).records();
    const values = options.all ? recordsOf(key, records) : valueOf(key, records, options.scheme);
    if (values.length > 0) return values.map((value) => ({ pool, key, value }));
  }
  return [];
}

/** The values of all keys that a pattern fits, each from the first pool that has it. */
async function findEach(pools: ReadablePools, given: GivenKey, options: GetOptions): Promise<readonly Found[]> {
  if (given.pattern === undefined) return [];
  const found: Found[] = [];
  const seen = new Set<string>();
  for (const pool of options.wanted) {
    const records = await pools.at(pool).records();
    for (const [name, { key }] of firstOfEachKey(records)) {
      if (seen.has(name) || !isMeant(given, key)) continue;
      seen.add(name);
      const values = options.all ? recordsOf(key, records) : valueOf(key, records, undefined);
      for (const value of values) found.push({ pool, key, value });
    }
  }
  return found;
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

function jsonOf({ pool, key, value: { value, scheme } }: Found): object {
  return { ...recordJson(pool, { key, value }), ...(scheme === undefined ? {} : { chunk: scheme }) };
}

export function writeValue(value: Buffer, newline: boolean, output: Output): void {
  output.write(output.isTerminal ? printable(value.toString()) : value);
  if (newline) output.write('\n');
}

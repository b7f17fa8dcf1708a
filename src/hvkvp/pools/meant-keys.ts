import type { PoolNumber } from '../../message/pool.ts';
import { matchesGlob } from '../../platform/glob.ts';
import { checkKey } from '../../pools/valid-record.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import { givenBytes } from './given-text.ts';
import type { ReadablePools } from './live-auto-pool.ts';

/** What a word of the command line may mean: the key of that very name, or a pattern of keys. */
export interface GivenKey {
  readonly key: Buffer;
  /** Undefined for a word that can only mean the key of its name. */
  readonly pattern: string | undefined;
}

/** `exact`: it is no pattern, whatever is in it. Throws for what is no key. */
export function givenKey(word: string, exact = false): GivenKey {
  const key = givenBytes('key', word);
  checkKey(key);
  return { key, pattern: exact || !/[*?[]/.test(word) ? undefined : word };
}

/** What a word means among the keys that are there: keys may have a pattern's signs in them, and the one of that very name goes first. */
export function meantAmong(given: GivenKey, records: readonly KeyAndValue[]): GivenKey {
  if (given.pattern === undefined) return given;
  return records.some(({ key }) => key.equals(given.key)) ? { key: given.key, pattern: undefined } : given;
}

/** The same among the keys of several pools. */
export async function meantInPools(given: GivenKey, { pools, wanted }: Searched): Promise<GivenKey> {
  let meant = given;
  for (const pool of wanted) {
    meant = meantAmong(meant, meant.pattern === undefined ? [] : await pools.at(pool).records());
  }
  return meant;
}

export interface Searched {
  readonly pools: ReadablePools;
  readonly wanted: readonly PoolNumber[];
}

/** Whether a key is one of those that are meant. */
export function isMeant({ key, pattern }: GivenKey, asked: Buffer): boolean {
  return asked.equals(key) || (pattern !== undefined && matchesGlob(asked.toString(), pattern));
}

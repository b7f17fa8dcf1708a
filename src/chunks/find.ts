import type { KeyAndValue } from '../pools/pool.ts';
import { looksSplit } from './azure-init.ts';
import { ChunkError } from './chunk-scheme.ts';
import { type ChunkSchemeName, chunkSchemeNames, chunkSchemes } from './schemes.ts';

export interface FoundValue {
  readonly value: Buffer;
  /** How its parts were found; undefined for a value in one record. */
  readonly scheme: ChunkSchemeName | undefined;
}

/**
 * The value of a key in a pool's records, parts joined. A record with the very key goes first, as it does for the programs that
 * read parts. Throws {@link ChunkError} if there are parts of more than one scheme.
 */
export function findValue(key: Buffer, records: readonly KeyAndValue[]): FoundValue | undefined {
  const first = records.find((record) => record.key.equals(key));
  if (first !== undefined) {
    const joined = looksSplit(key, records) ? chunkSchemes['azure-init'].join(key, records) : undefined;
    return joined === undefined ? { value: first.value, scheme: undefined } : { value: joined, scheme: 'azure-init' };
  }
  const found = chunkSchemeNames.flatMap((scheme) => {
    const value = chunkSchemes[scheme].join(key, records);
    return value === undefined ? [] : [{ value, scheme }];
  });
  if (found.length < 2) return found[0];
  const schemes = found.map(({ scheme }) => scheme).join(' and ');
  throw new ChunkError(`the key '${key.toString()}' is split by several schemes (${schemes}); choose one`);
}

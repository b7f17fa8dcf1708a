import type { KeyAndValue } from '../pools/pool.ts';
import { carriedLimits } from '../pools/limits.ts';
import type { ChunkScheme } from './chunk-scheme.ts';
import { cut } from './cut.ts';

/** A part may end before a character that does not fit: up to three bytes of it. */
const longestRest = 3;

/** azure-init: records with the same key one behind the other (libazureinit-kvp, diagnostics). */
export const azureInit: ChunkScheme = {
  split: (key, value) => cut(value, carriedLimits.value).map((part) => ({ key, value: part })),
  join(key, records) {
    const parts = records.filter((record) => record.key.equals(key)).map(({ value }) => value);
    return parts.length === 0 ? undefined : Buffer.concat(parts);
  },
  isPart: (key, recordKey) => recordKey.equals(key),
};

/** Whether records with one key are parts of a value, and not values of their own: then all but the last are full. */
export function looksSplit(key: Buffer, records: readonly KeyAndValue[]): boolean {
  const parts = records.filter((record) => record.key.equals(key));
  return (
    parts.length > 1 &&
    parts
      .slice(0, -1)
      .every(({ value: { length } }) => length <= carriedLimits.value && length >= carriedLimits.value - longestRest)
  );
}

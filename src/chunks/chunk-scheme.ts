import type { KeyAndValue } from '../pools/pool.ts';

/** A way in which programs of guest or host keep a value in several records, because one carries too little. */
export interface ChunkScheme {
  /** The records for a value, in order. Throws {@link ChunkError} for more than its readers take. */
  split(key: Buffer, value: Buffer): readonly KeyAndValue[];
  /** The value that a pool's records hold; undefined if they hold none in this way. */
  join(key: Buffer, records: readonly KeyAndValue[]): Buffer | undefined;
  /** Whether a record, by its key, is a part of the value of a key. */
  isPart(key: Buffer, recordKey: Buffer): boolean;
}

/** A value that a scheme cannot carry. */
export class ChunkError extends RangeError {
  override readonly name = 'ChunkError';
}

import { fieldSizes } from './record.ts';

/** The most bytes that a program in the guest may write to a record's key and value. */
export interface RecordLimits {
  readonly key: number;
  readonly value: number;
}

/**
 * What surely reaches the host: the kernel carries so many UTF-16 units of each, and a unit never takes less than a byte.
 * Linux 6.1 drivers/hv/hv_kvp.c cuts the rest off.
 */
export const carriedLimits: RecordLimits = { key: 254, value: 1022 };

/** What a record can store; for programs in the guest that talk to each other, and for those that know their readers. */
export const storedLimits: RecordLimits = fieldSizes;

/** The most records in a pool: far more than hosts and programs write. A removal then moves 51 MB at most. */
export const defaultMaxRecords = 20_000;

/** A key or value that is too long, with both numbers. */
export class TooLong extends RangeError {
  readonly what: keyof RecordLimits;
  readonly size: number;
  readonly limit: number;

  constructor(what: keyof RecordLimits, size: number, limit: number) {
    super(`the ${what} has ${size} bytes, and at most ${limit} are allowed`);
    this.name = 'TooLong';
    this.what = what;
    this.size = size;
    this.limit = limit;
  }
}

/** Throws {@link TooLong} for a record that is beyond the limits. */
export function checkLimits(
  record: Readonly<Record<keyof RecordLimits, Buffer>>,
  limits: RecordLimits = carriedLimits,
): void {
  for (const what of ['key', 'value'] as const) {
    if (record[what].length > limits[what]) throw new TooLong(what, record[what].length, limits[what]);
  }
}

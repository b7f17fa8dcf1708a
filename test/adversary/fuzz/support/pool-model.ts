import { recordSize } from '../../../../src/pools/record.ts';
import { layout } from '../../../../src/message/layout.ts';

/** The bytes of key and value before their NUL, as strings of bytes (latin1). */
export interface ModelRecord {
  readonly key: string;
  readonly value: string;
}

/** The pools whose files the daemon serves. */
export const filePools = [0, 1, 3, 4] as const;

/** What the pools must hold after all that was answered. */
export class PoolModel {
  readonly #pools = new Map<number, ModelRecord[]>(filePools.map((pool) => [pool, []]));

  records(pool: number): readonly ModelRecord[] {
    return this.#of(pool);
  }

  get(pool: number, key: string): string | undefined {
    return this.#of(pool).find((record) => record.key === key)?.value;
  }

  set(pool: number, record: ModelRecord): void {
    const records = this.#of(pool);
    const slot = records.findIndex(({ key }) => key === record.key);
    records[slot < 0 ? records.length : slot] = record;
  }

  /** Whether there was such a record. */
  delete(pool: number, key: string): boolean {
    const records = this.#of(pool);
    const slot = records.findIndex((record) => record.key === key);
    if (slot >= 0) records.splice(slot, 1);
    return slot >= 0;
  }

  /** What the file of the pool must consist of. */
  file(pool: number): Buffer {
    const records = this.#of(pool);
    const bytes = Buffer.alloc(records.length * recordSize);
    for (const [slot, { key, value }] of records.entries()) {
      bytes.write(key, slot * recordSize, 'latin1');
      bytes.write(value, slot * recordSize + layout.getOrSet.key.size, 'latin1');
    }
    return bytes;
  }

  #of(pool: number): ModelRecord[] {
    const records = this.#pools.get(pool);
    if (records === undefined) throw new RangeError(`pool ${pool} has no file`);
    return records;
  }
}

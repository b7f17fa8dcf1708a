import { PoolNumber } from '../../../src/message/pool.ts';
import { encodeRecord } from '../../../src/pools/record.ts';

export interface ModelRecord {
  readonly key: string;
  readonly value: string;
}

/** The pools whose content a host sees as it was set. */
export const modelledPools = [PoolNumber.external, PoolNumber.guest, PoolNumber.autoExternal] as const;
export type ModelledPool = (typeof modelledPools)[number];

/** What the pools must hold after everything that was answered: records in their order, as a host and as other programs see them. */
export class SoakModel {
  readonly #pools = new Map<ModelledPool, ModelRecord[]>(modelledPools.map((pool) => [pool, []]));

  /** All records of a pool, in order. */
  records(pool: ModelledPool): readonly ModelRecord[] {
    return this.#pools.get(pool) ?? [];
  }

  get(pool: ModelledPool, key: string): string | undefined {
    return this.records(pool).find((record) => record.key === key)?.value;
  }

  /** In the place of the record with this key, or behind the last one. */
  set(pool: ModelledPool, key: string, value: string): void {
    const records = this.#pools.get(pool) ?? [];
    const at = records.findIndex((record) => record.key === key);
    records.splice(at < 0 ? records.length : at, 1, { key, value });
  }

  /** Behind the last one, whatever its key: of several records with one key the first counts. */
  append(pool: ModelledPool, key: string, value: string): void {
    this.#pools.get(pool)?.push({ key, value });
  }

  clear(pool: ModelledPool): void {
    this.#pools.set(pool, []);
  }

  /** Whether there was such a record. */
  delete(pool: ModelledPool, key: string): boolean {
    const records = this.#pools.get(pool) ?? [];
    const at = records.findIndex((record) => record.key === key);
    if (at >= 0) records.splice(at, 1);
    return at >= 0;
  }

  /** The bytes that the pool's file must consist of. */
  bytes(pool: ModelledPool): Buffer {
    return Buffer.concat(
      this.records(pool).map(({ key, value }) => encodeRecord(Buffer.from(key), Buffer.from(value))),
    );
  }
}

import { isUtf8 } from 'node:buffer';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import type { KeyAndValue } from '../../pools/pool.ts';

/** A record as `--json` shows it and `load` reads it; a field that is not UTF-8 is in base 64. */
export interface RecordJson {
  readonly pool: string;
  readonly key?: string;
  readonly value?: string;
  readonly key_base64?: string;
  readonly value_base64?: string;
}

export function recordJson(pool: PoolNumber, { key, value }: KeyAndValue): RecordJson {
  return { pool: poolName(pool), ...fieldJson('key', key), ...fieldJson('value', value) };
}

/** One field of it. */
export function fieldJson(name: 'key' | 'value', bytes: Buffer): Readonly<Record<string, string>> {
  return isUtf8(bytes) ? { [name]: bytes.toString() } : { [`${name}_base64`]: bytes.toString('base64') };
}

import { join } from 'node:path';
import type { PoolNumber } from '../../../../src/message/pool.ts';

/** Where the daemons of Linux keep the pools. */
export const poolDirectory = '/var/lib/hyperv';

export function poolFile(pool: PoolNumber): string {
  return join(poolDirectory, `.kvp_pool_${pool}`);
}

/** A record as it lies in the file. */
export function recordBytes(key: string, value: string | Buffer): Buffer {
  const record = Buffer.alloc(keySize + valueSize);
  record.write(key, 0);
  record.set(Buffer.from(value), keySize);
  return record;
}

const keySize = 512;
const valueSize = 2048;

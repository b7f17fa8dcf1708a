import { poolName, type PoolNumber } from '../message/pool.ts';

/** Says that none of the pools that were looked into has a key. */
export function missingKey(wanted: readonly PoolNumber[], key: Buffer): string {
  const where = wanted.length === 1 ? `pool ${wanted.map(poolName).join('')} has no` : 'no pool has the';
  return `${where} key '${key.toString()}'`;
}

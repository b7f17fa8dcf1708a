import { poolName, type PoolNumber } from '../../message/pool.ts';
import type { GivenKey } from './meant-keys.ts';

/** Says that none of the pools that were looked into has a key. */
export function missingKey(wanted: readonly PoolNumber[], { key, pattern }: GivenKey): string {
  const where = wanted.length === 1 ? `pool ${wanted.map(poolName).join('')} has no` : 'no pool has ';
  const article = wanted.length === 1 ? ' ' : pattern === undefined ? 'the ' : 'a ';
  return `${where}${article}${pattern === undefined ? `key '${key.toString()}'` : `key like '${pattern}'`}`;
}

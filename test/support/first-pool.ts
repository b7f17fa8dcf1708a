import { join } from 'node:path';
import { poolPaths, type PoolPaths } from '../../src/pools/pools.ts';

/** Pool 0 of a folder whose journals are beside it. */
export function firstPool(directory: string): PoolPaths {
  return poolPaths({ directory, stateDirectory: join(directory, '.hyperv-kvp') }, 0);
}

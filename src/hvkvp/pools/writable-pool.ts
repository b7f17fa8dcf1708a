import { PoolNumber } from '../../message/pool.ts';
import type { Pool } from '../../pools/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { UsageError } from '../failure.ts';

/** A pool that a program may write to. Throws {@link UsageError} for the one that is not in its file. */
export function writablePool(pools: Pools, pool: PoolNumber): Pool {
  if (pool !== PoolNumber.auto) return pools.at(pool);
  throw new UsageError('pool auto is read-only: its keys are computed when the host asks; its file is not used');
}

import { poolName, type PoolNumber } from '../message/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { bootTimeMs, isStale } from '../pools/stale.ts';
import { ExitStatus } from './exit-status.ts';
import { type Output, writeJson } from './output.ts';
import { writablePool } from './writable-pool.ts';

/** Empties a pool in its place; `ifStale`: only if nobody has changed it since the system started. */
export async function clear(
  pools: Pools,
  { pool, ifStale }: { readonly pool: PoolNumber; readonly ifStale: boolean },
  output: Output,
): Promise<void> {
  const cleared = await writablePool(pools, pool).clear(ifStale ? bootTimeMs() : undefined);
  if (output.json) writeJson(output, { pool: poolName(pool), cleared });
}

/** Says whether the contents of a pool are of an earlier run of the system, by its status too. */
export function tellStale(pool: PoolNumber, path: string, output: Output): ExitStatus {
  const stale = isStale(path);
  if (output.json) writeJson(output, { pool: poolName(pool), stale });
  else output.write(`${stale}\n`);
  return stale ? ExitStatus.ok : ExitStatus.notFound;
}

import { poolName, type PoolNumber } from '../../message/pool.ts';
import { poolPaths, type PoolOptions, type Pools } from '../../pools/pools.ts';
import { bootTimeMs, isStale } from '../../pools/boot-time.ts';
import { ExitStatus } from '../exit-status.ts';
import { type Output, writeJson } from '../output.ts';
import { confirm } from '../confirm.ts';
import { counted } from './counted.ts';
import { writablePool } from './writable-pool.ts';

/** Empties a pool in its place, after a question to the person at the terminal, if there is one; `ifStale`: only if it has not changed since the system started. */
export async function clear(
  pools: Pools,
  { pool, ifStale, yes }: { readonly pool: PoolNumber; readonly ifStale: boolean; readonly yes: boolean },
  output: Output,
): Promise<void> {
  const emptied = writablePool(pools, pool);
  if (!yes && process.stdin.isTTY) {
    const { length } = await emptied.records();
    if (length > 0) await confirm(`Delete ${counted(length, 'record')}, all of pool ${poolName(pool)}?`);
  }
  const cleared = await emptied.clear(ifStale ? pools.bootTimeMs() : undefined);
  if (output.json) writeJson(output, { pool: poolName(pool), cleared });
}

/** Says whether the contents of a pool are of an earlier run of the system, by its status too. */
export function tellStale(
  pool: PoolNumber,
  places: Pick<PoolOptions, 'directory' | 'stateDirectory'>,
  output: Output,
): ExitStatus {
  const { path, bootPath } = poolPaths(places, pool);
  const stale = isStale(path, bootTimeMs(bootPath));
  if (output.json) writeJson(output, { pool: poolName(pool), stale });
  else output.write(`${stale}\n`);
  return stale ? ExitStatus.ok : ExitStatus.notFound;
}

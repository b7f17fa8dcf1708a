import { poolName, type PoolNumber } from '../message/pool.ts';
import { inspectPool, type PoolInspection } from '../pools/inspect.ts';
import type { PoolPaths } from '../pools/pools.ts';
import { columns } from './columns.ts';
import { type Output, paint, writeJson } from './output.ts';

/** Prints how the files of pools are; changes nothing, not even what a crash has left. */
export function info(wanted: readonly PoolNumber[], pathsOf: (pool: PoolNumber) => PoolPaths, output: Output): void {
  const inspected = wanted.map((pool) => ({ pool, ...inspectPool(pathsOf(pool)) }));
  if (output.json) {
    writeJson(
      output,
      inspected.map(({ pool, savedTails, ...rest }) => ({ pool: poolName(pool), ...rest, saved_tails: savedTails })),
    );
    return;
  }
  const head = ['POOL', 'STATE', 'MODE', 'BYTES', 'RECORDS', 'DUPLICATES', 'STALE', 'JOURNAL', 'FILE'];
  const rows = inspected.map(({ pool, ...each }) => [poolName(pool), ...cells(each)]);
  const [first = '', ...lines] = columns([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'right']);
  output.write(`${[paint(output, 'bold', first), ...lines].join('\n')}\n`);
  for (const { pool, damage, savedTails } of inspected) {
    if (damage !== '') output.write(`${poolName(pool)}: ${damage}\n`);
    if (savedTails > 0) {
      output.write(`${poolName(pool)}: ${savedTails} saved ends of the file in the state directory\n`);
    }
  }
}

function cells(pool: PoolInspection): readonly string[] {
  const { state, mode, size, records, duplicates, stale, journal, path } = pool;
  return [state, mode, String(size), String(records), String(duplicates), stale ? 'yes' : 'no', journal, path];
}

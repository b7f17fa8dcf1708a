import type { PoolNumber } from '../message/pool.ts';
import { printable } from '../message/printable.ts';
import type { Pools } from '../pools/pools.ts';
import type { Output } from './output.ts';
import { recordJson } from './record-json.ts';

/** Prints records as `load` reads them: a JSON object a line, in the order of the files. */
export async function dump(pools: Pools, wanted: readonly PoolNumber[], output: Output): Promise<void> {
  for (const pool of wanted) {
    const lines = (await pools.at(pool).records()).map((record) => printable(JSON.stringify(recordJson(pool, record))));
    if (lines.length > 0) output.write(`${lines.join('\n')}\n`);
  }
}

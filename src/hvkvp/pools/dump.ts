import type { PoolNumber } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { type Output, writeEach } from '../output.ts';
import { recordJson } from './record-json.ts';

/** Prints records as `load` reads them: a JSON object a line, in the order of the files. */
export async function dump(pools: Pools, wanted: readonly PoolNumber[], output: Output): Promise<void> {
  for (const pool of wanted) {
    writeEach(output, lines(pool, await pools.at(pool).records()));
  }
}

function* lines(pool: PoolNumber, records: readonly KeyAndValue[]): Generator<string> {
  for (const record of records) yield `${printable(JSON.stringify(recordJson(pool, record)))}\n`;
}

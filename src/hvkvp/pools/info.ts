import { dialects, type System } from '../../message/dialect.ts';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import { readHealth, type PoolHealth } from '../../pools/health.ts';
import { type PoolOptions, poolPaths } from '../../pools/pools.ts';
import { thisSystem } from '../../platform/this-system.ts';
import { columns } from '../columns.ts';
import { type Output, paint, writeJson } from '../output.ts';
import { troubleWords } from './trouble-words.ts';

/** Prints how the files of pools are; changes nothing, not even what a crash has left. */
export async function info(
  wanted: readonly PoolNumber[],
  settings: Omit<PoolOptions, 'warn'>,
  output: Output,
  system: System = thisSystem,
): Promise<void> {
  const inspected = await Promise.all(
    wanted.map(async (pool) => ({ pool, ...(await readHealth(poolPaths(settings, pool), settings)) })),
  );
  if (output.json) {
    writeJson(output, inspected.map(jsonOf));
    return;
  }
  const head = ['POOL', 'STATE', 'MODE', 'BYTES', 'RECORDS', 'DUPLICATES', 'STALE', 'JOURNAL', 'FILE'];
  const rows = inspected.map((each) => [poolName(each.pool), ...cells(each)]);
  const [first = '', ...lines] = columns([head, ...rows], ['left', 'left', 'left', 'right', 'right', 'right']);
  output.write(`${[paint(output, 'bold', first), ...lines].join('\n')}\n`);
  for (const each of inspected) {
    for (const text of remarks(each, system)) output.write(`${poolName(each.pool)}: ${text}\n`);
  }
}

type Inspected = PoolHealth & { readonly pool: PoolNumber };

function remarks(inspected: Inspected, system: System): readonly string[] {
  const { damage, savedTails } = inspected;
  return [
    ...(damage === '' ? [] : [damage]),
    ...(savedTails.length === 0 ? [] : [`${savedTails.length} saved tails of the file in the state directory`]),
    ...troubleWords(inspected, dialects[system]),
  ];
}

function jsonOf(inspected: Inspected): object {
  const { pool, path, journal, mode, size, stale, state, records, duplicates, damage, savedTails, troubles } =
    inspected;
  return {
    ...{ pool: poolName(pool), path, journal, mode: octal(mode), size, stale, state, records, duplicates, damage },
    saved_tails: savedTails.length,
    ...(Object.values(troubles).some((count) => count > 0) && {
      same_but_for_case: troubles.sameButForCase,
      not_in_xml: troubles.notInXml,
      changed_by_driver: troubles.changedByDriver,
      too_long: troubles.tooLong,
    }),
  };
}

function cells({ state, mode, size, records, duplicates, stale, journal, path }: Inspected): readonly string[] {
  return [state, octal(mode), ...[size, records, duplicates].map(String), stale ? 'yes' : 'no', journal, path];
}

/** "" if there is no file. */
function octal(mode: number): string {
  return mode === 0 ? '' : mode.toString(8).padStart(4, '0');
}

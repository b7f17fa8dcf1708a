import { existsSync, rmSync } from 'node:fs';
import { restoreFile, type SavedFile } from '../../ip-information/files.ts';
import { originalsOf } from '../../ip-information/originals.ts';
import { changeFiles, changePaths } from '../../ip-information/change-paths.ts';
import { trustedWith } from '../../ip-information/record-schema.ts';
import { poolName, type PoolNumber, poolNumbers } from '../../message/pool.ts';
import type { Machine } from '../../platform/machine.ts';
import { bootPath } from '../../pools/boot-time.ts';
import { readHealth } from '../../pools/health.ts';
import { type PoolOptions, poolPaths, type Pools } from '../../pools/pools.ts';
import { confirm } from '../confirm.ts';
import { UsageError } from '../failure.ts';
import { type Output, writeJson } from '../output.ts';

export interface DeprovisionOptions {
  readonly place: Omit<PoolOptions, 'warn'>;
  readonly machine: Machine;
  /** Says who would write again what is removed; "" if nobody. */
  readonly describeDaemon: () => Promise<string>;
  /** Without a question. */
  readonly yes: boolean;
  /** Only say what would be done. */
  readonly dryRun: boolean;
  /** Though a daemon runs. */
  readonly force: boolean;
}

/** What an image must not carry over to its clones. */
interface Remains {
  readonly pools: readonly { readonly pool: PoolNumber; readonly records: number; readonly size: number }[];
  readonly files: readonly string[];
  /** The network's configuration as it was before the host changed it. */
  readonly originals: readonly SavedFile[];
}

/** Empties all pools, removes what of them is elsewhere, and restores the network's configuration. Throws {@link UsageError} if a daemon runs, or nobody agrees. */
export async function deprovision(pools: Pools, options: DeprovisionOptions, output: Output): Promise<void> {
  const remains = await findRemains(options);
  const daemon = options.force ? '' : await options.describeDaemon();
  if (daemon !== '' && !options.dryRun) {
    throw new UsageError(`${daemon} is running and may write again; stop it or pass --force`);
  }
  if (output.json) writeJson(output, jsonOf(remains, options.dryRun));
  else output.write(describe(remains));
  if (options.dryRun) return;
  if (!options.yes) await confirm('This cannot be undone. Continue?');
  for (const { pool } of remains.pools) await pools.at(pool).clear();
  // Closed before their journals go, so that none is left behind.
  pools.close();
  for (const file of remains.originals) restoreFile(options.machine, file);
  for (const file of remains.files) rmSync(file, { force: true });
}

async function findRemains({ place, machine }: DeprovisionOptions): Promise<Remains> {
  const found = await Promise.all(
    poolNumbers.map(async (pool) => {
      const paths = poolPaths(place, pool);
      const { size, records, savedTails } = await readHealth(paths, place);
      return { pool, size, records, files: [paths.journalPath, ...savedTails] };
    }),
  );
  const { originals } = changePaths(place.stateDirectory);
  return {
    pools: found.filter(({ size }) => size > 0),
    files: [
      ...found.flatMap(({ files }) => files),
      bootPath(place.stateDirectory),
      ...changeFiles(place.stateDirectory),
    ].filter((file) => existsSync(file)),
    originals: originalsOf(originals, { machine, trusted: trustedWith('') }),
  };
}

function describe({ pools, files, originals }: Remains): string {
  const lines = [
    ...pools.map(({ pool, records }) => `empty pool ${poolName(pool)}: ${records} records`),
    ...originals.map(({ path, former }) => `${former === null ? 'remove' : 'restore'} ${path}`),
    ...files.map((file) => `remove ${file}`),
  ];
  return `${lines.join('\n')}\n`;
}

function jsonOf({ pools, files, originals }: Remains, dryRun: boolean): object {
  return {
    dry_run: dryRun,
    pools: pools.map(({ pool, records }) => ({ pool: poolName(pool), records })),
    files,
    restored: originals.map(({ path }) => path),
  };
}

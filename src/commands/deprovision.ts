import { once } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { recordPath } from '../ip-information/record-path.ts';
import { poolName, type PoolNumber, poolNumbers } from '../message/pool.ts';
import { inspectPool, savedTails } from '../pools/inspect.ts';
import { poolPaths, type Pools } from '../pools/pools.ts';
import { UsageError } from './failure.ts';
import { type Output, writeJson } from './output.ts';

export interface DeprovisionOptions {
  readonly place: { readonly directory: string; readonly stateDirectory: string };
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
}

/** Empties all pools, and removes what of them is elsewhere. Throws {@link UsageError} if a daemon runs, or nobody agrees. */
export async function deprovision(pools: Pools, options: DeprovisionOptions, output: Output): Promise<void> {
  const remains = findRemains(options.place);
  const daemon = options.force ? '' : await options.describeDaemon();
  if (daemon !== '' && !options.dryRun) {
    throw new UsageError(`${daemon} runs, and may write again; stop it, or use --force`);
  }
  if (output.json) writeJson(output, jsonOf(remains, options.dryRun));
  else output.write(describe(remains));
  if (options.dryRun) return;
  if (!options.yes) await ask();
  for (const { pool } of remains.pools) await pools.at(pool).clear();
  // Closed before their journals go, so that none is left behind.
  pools.close();
  for (const file of remains.files) rmSync(file, { force: true });
}

function findRemains(place: DeprovisionOptions['place']): Remains {
  const found = poolNumbers.map((pool) => {
    const paths = poolPaths(place, pool);
    const { journal, size, records } = inspectPool(paths);
    const tails = savedTails(paths.tailPath).map((name) => join(dirname(paths.tailPath), name));
    return { pool, size, records, files: [...(journal === 'none' ? [] : [paths.journalPath]), ...tails] };
  });
  return {
    pools: found.filter(({ size }) => size > 0),
    files: [...found.flatMap(({ files }) => files), recordPath(place.stateDirectory)].filter((file) =>
      existsSync(file),
    ),
  };
}

function describe({ pools, files }: Remains): string {
  const lines = [
    ...pools.map(({ pool, records }) => `empty pool ${poolName(pool)}: ${records} records`),
    ...files.map((file) => `remove ${file}`),
  ];
  return `${lines.join('\n')}\n`;
}

function jsonOf({ pools, files }: Remains, dryRun: boolean): object {
  return { dry_run: dryRun, pools: pools.map(({ pool, records }) => ({ pool: poolName(pool), records })), files };
}

/** The end of the input, and Ctrl-C, is a no. */
async function ask(): Promise<void> {
  if (!process.stdin.isTTY) throw new UsageError('nobody can be asked here; --yes does it without a question');
  const terminal = createInterface({
    ...{ input: process.stdin, output: process.stderr },
    prompt: 'This cannot be undone. Go on? [y/N] ',
  });
  terminal.prompt();
  const [answer] = (await Promise.race([once(terminal, 'line'), once(terminal, 'close')])) as [string?];
  terminal.close();
  if (!/^\s*y(?:es)?\s*$/i.test(answer ?? '')) throw new UsageError('nothing was changed');
}

import type { Command } from 'commander';
import { filePools, searchOrder } from './file-pools.ts';
import { givenKey } from './meant-keys.ts';
import { standardOutput } from '../output.ts';
import { complainer } from '../failed.ts';
import { poolNamed, PoolNumber } from '../../message/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { settingsOf } from '../common-options.ts';
import type { ReadablePools } from './live-auto-pool.ts';
import {
  chunkOption,
  type ChunkOption,
  poolArgument,
  exactOption,
  existingPoolsCommand,
  onePool,
  patternHelp,
  type PoolCommandOptions,
  poolOption,
  withReadPools,
} from './pool-options.ts';

interface ListOptions extends PoolCommandOptions {
  readonly unique?: true;
  readonly keys?: true;
  readonly full?: true;
  readonly exact?: true;
}

interface GetOptions extends PoolCommandOptions, ChunkOption {
  readonly exact?: true;
  readonly all?: true;
  readonly newline: boolean;
}

/** Commands that look into pools and change nothing. */
export function addReadingCommands(program: Command): void {
  existingPoolsCommand(program, 'list', 'Shows keys and values; at a terminal, shortens long values.')
    .argument('[pool]', 'number or name of a pool (default: all in files); any other word is a key')
    .argument('[key...]', `only these; status 1 if one does not exist. ${patternHelp}`)
    .addOption(poolOption('all in files'))
    .option('--unique', 'one record per key, the one that get prints, sorted by key')
    .option('--keys', 'keys only, each once')
    .option('--full', 'do not shorten at a terminal')
    .addOption(exactOption())
    .action(async (word: string | undefined, more: readonly string[], options: ListOptions) => {
      const { list } = await import('./list.ts');
      // With --pool, a key may be called as a pool is.
      const pool = word === undefined || options.pool !== undefined ? undefined : poolNamed(word);
      const words = word === undefined || pool !== undefined ? more : [word, ...more];
      const wanted = filesOf(pool, options);
      const { unique = false, keys: keysOnly = false, full = false, exact } = options;
      const keys = words.map((each) => givenKey(each, exact));
      const given = { wanted, keys, unique, keysOnly, full };
      await withReadPools('list', options, async (pools) => {
        await list(await withAuto('list', options, wanted, pools), given, standardOutput(options.json));
      });
    });
  existingPoolsCommand(program, 'get', 'Prints the value of a key; joins a value that is stored in parts.')
    .argument('<key>', `the first record wins if several have the key. ${patternHelp}`)
    .addOption(poolOption('external, auto-external, guest, auto-internal, the first that has it'))
    .addOption(chunkOption('how the value was split (default: detected)'))
    .option('--all', 'every record with the key')
    .option('-n, --no-newline', 'no newline after the value')
    .addOption(exactOption())
    .action(async (key: string, options: GetOptions) => {
      const { get } = await import('./get.ts');
      const { pool, chunk: scheme, all = false, newline } = options;
      const given = { wanted: pool === undefined ? searchOrder : [pool], scheme, all, newline };
      const meant = givenKey(key, options.exact ?? scheme !== undefined);
      await withReadPools('get', options, async (pools) => {
        const readable = await withAuto('get', options, given.wanted, pools);
        await get(readable, meant, given, standardOutput(options.json));
      });
    });
  existingPoolsCommand(program, 'dump', 'Prints records in the format of load: one JSON object per line.')
    .addArgument(poolArgument('all in files'))
    .addOption(poolOption('all in files'))
    .action(async (word: PoolNumber | undefined, options: PoolCommandOptions) => {
      const { dump } = await import('./dump.ts');
      await withReadPools('dump', options, (pools) => dump(pools, filesOf(word, options), standardOutput(true)));
    });
  existingPoolsCommand(program, 'info', 'Checks the pool files; repairs nothing.')
    .addArgument(poolArgument('all in files'))
    .addOption(poolOption('all in files'))
    .action(async (word: PoolNumber | undefined, options: PoolCommandOptions) => {
      const [{ info }, { pools, platform }] = await Promise.all([import('./info.ts'), settingsOf(options)]);
      await info(filesOf(word, options), pools, standardOutput(options.json), platform.system);
    });
  existingPoolsCommand(
    program,
    'is-stale',
    'Tests whether a pool is unchanged since the system started: status 0 if so, else 1.',
  )
    .addOption(poolOption('guest'))
    .action(async (options: PoolCommandOptions) => {
      const { tellStale } = await import('./clear.ts');
      const { pool = PoolNumber.guest } = options;
      const { pools } = await settingsOf(options);
      process.exitCode = tellStale(pool, pools, standardOutput(options.json));
    });
}

/** The pool that is named, or all that are in files. */
function filesOf(word: PoolNumber | undefined, options: PoolCommandOptions): readonly PoolNumber[] {
  const pool = onePool(word, options.pool);
  return pool === undefined ? filePools : [pool];
}

/** With the automatic keys in their pool; what they are made of is loaded only if they are wanted. */
async function withAuto(
  command: string,
  options: PoolCommandOptions,
  wanted: readonly PoolNumber[],
  pools: Pools,
): Promise<ReadablePools> {
  if (!wanted.includes(PoolNumber.auto)) return pools;
  const [{ withLiveAutoPool }, settings] = await Promise.all([import('./live-auto-pool.ts'), settingsOf(options)]);
  return withLiveAutoPool(pools, settings, complainer(command));
}

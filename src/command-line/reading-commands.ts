import type { Command } from 'commander';
import { filePools, searchOrder } from '../commands/file-pools.ts';
import { givenBytes } from '../commands/given-text.ts';
import { standardOutput } from '../commands/output.ts';
import { PoolNumber } from '../message/pool.ts';
import { settingsOf } from './place-options.ts';
import {
  chunkOption,
  type ChunkOption,
  poolArgument,
  poolCommand,
  type PoolCommandOptions,
  poolOption,
  withPools,
} from './pool-options.ts';

interface GetOptions extends PoolCommandOptions, ChunkOption {
  readonly all?: true;
  readonly newline: boolean;
}

/** Commands that look into pools and change nothing. */
export function addReadingCommands(program: Command): void {
  poolCommand(program, 'list', 'Shows keys and values.')
    .addArgument(poolArgument('all in files'))
    .option('--unique', 'one record a key, the one that get means, by name')
    .action(async (pool: PoolNumber | undefined, options: PoolCommandOptions & { readonly unique?: true }) => {
      const { list } = await import('../commands/list.ts');
      const wanted = pool === undefined ? filePools : [pool];
      const given = { wanted, unique: options.unique ?? false };
      await withPools('list', options, (pools) => list(pools, given, standardOutput(options.json)));
    });
  poolCommand(program, 'get', 'Prints the value of a key; its parts joined, if it is in parts.')
    .argument('<key>', 'of several records with a key the first counts')
    .addOption(poolOption('external, auto-external, guest, auto-internal, the first that has it'))
    .addOption(chunkOption('how the value was split (default: found out)'))
    .option('--all', 'every record with the key')
    .option('-n, --no-newline', 'no line feed behind the value')
    .action(async (key: string, options: GetOptions) => {
      const { get } = await import('../commands/get.ts');
      const { pool, chunk: scheme, all = false, newline } = options;
      const given = { wanted: pool === undefined ? searchOrder : [pool], scheme, all, newline };
      await withPools('get', options, (pools) =>
        get(pools, givenBytes('key', key), given, standardOutput(options.json)),
      );
    });
  poolCommand(program, 'dump', 'Prints records as load reads them: a JSON object a line.')
    .addArgument(poolArgument('all in files'))
    .action(async (pool: PoolNumber | undefined, options: PoolCommandOptions) => {
      const { dump } = await import('../commands/dump.ts');
      await withPools('dump', options, (pools) =>
        dump(pools, pool === undefined ? filePools : [pool], standardOutput(true)),
      );
    });
  poolCommand(program, 'info', 'Shows how the files of pools are; repairs nothing.')
    .addArgument(poolArgument('all in files'))
    .action(async (pool: PoolNumber | undefined, options: PoolCommandOptions) => {
      const [{ info }, { poolPaths }] = await Promise.all([import('../commands/info.ts'), import('../pools/pools.ts')]);
      const { pools } = await settingsOf(options);
      info(pool === undefined ? filePools : [pool], (each) => poolPaths(pools, each), standardOutput(options.json));
    });
  poolCommand(
    program,
    'is-stale',
    'Says whether nobody has changed a pool since the system started (status 0) or not (1).',
  )
    .addOption(poolOption('guest'))
    .action(async (options: PoolCommandOptions) => {
      const [{ tellStale }, { poolPath }] = await Promise.all([
        import('../commands/clear.ts'),
        import('../pools/pools.ts'),
      ]);
      const { pool = PoolNumber.guest } = options;
      const { pools } = await settingsOf(options);
      process.exitCode = tellStale(pool, poolPath(pools.directory, pool), standardOutput(options.json));
    });
}

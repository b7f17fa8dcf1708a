import { type Command, Option } from 'commander';
import { givenBytes, givenValue } from './given-text.ts';
import { givenKey } from './meant-keys.ts';
import { complainer } from '../failed.ts';
import { standardOutput } from '../output.ts';
import { dialects } from '../../message/dialect.ts';
import { PoolNumber } from '../../message/pool.ts';
import { thisSystem } from '../../platform/this-system.ts';
import { storedLimits } from '../../pools/limits.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import {
  chunkOption,
  type ChunkOption,
  exactOption,
  existingPoolsCommand,
  patternHelp,
  poolCommand,
  type PoolCommandOptions,
  poolOption,
  withPools,
} from './pool-options.ts';
import type { SetOptions } from './set.ts';

interface WritingOptions extends PoolCommandOptions {
  readonly unsafe?: boolean;
}

interface LoadOptions extends WritingOptions {
  readonly append?: true;
  readonly replace?: true;
}

interface DeleteOptions extends PoolCommandOptions, ChunkOption {
  readonly exact?: true;
  readonly yes?: true;
}

interface ClearOptions extends PoolCommandOptions {
  readonly ifStale?: true;
  readonly yes?: true;
}

const valueHelp = '- reads standard input, which keeps a secret off the command line';

/** Commands that change pools, under the locks and with the journal of the daemon. */
export function addWritingCommands(program: Command): void {
  poolCommand(program, 'set', 'Sets a key, replacing any existing value.')
    .argument('<key>')
    .argument('<value>', valueHelp)
    .addOption(poolOption('guest'))
    .addOption(unsafeOption())
    .addOption(chunkOption('split the value as this program reads it').conflicts('unsafe'))
    .action(async (key: string, value: string, options: WritingOptions & ChunkOption) => {
      const { set } = await import('./set.ts');
      const record = await recordOf(key, value);
      const given = { ...givenOf('set', options), scheme: options.chunk };
      await withPools('set', options, (pools) => set(pools, record, given, standardOutput(options.json)));
    });
  poolCommand(program, 'append', 'Adds a record at the end of the pool, even if its key exists.')
    .argument('<key>')
    .argument('<value>', valueHelp)
    .addOption(poolOption('guest'))
    .addOption(unsafeOption())
    .action(async (key: string, value: string, options: WritingOptions) => {
      const { append } = await import('./set.ts');
      const record = await recordOf(key, value);
      await withPools('append', options, (pools) =>
        append(pools, record, givenOf('append', options), standardOutput(options.json)),
      );
    });
  existingPoolsCommand(program, 'delete', 'Deletes all records of each key; status 1 if a key does not exist.')
    .argument('<key...>', `${patternHelp}; a pattern asks first at a terminal and needs --yes elsewhere`)
    .addOption(poolOption('guest'))
    .addOption(chunkOption('remove its parts as well; no patterns'))
    .addOption(exactOption())
    .option('--yes', 'do not ask for confirmation')
    .action(async (keys: readonly string[], options: DeleteOptions) => {
      const { remove } = await import('./delete.ts');
      const { pool = PoolNumber.guest, chunk: scheme, exact, yes = false } = options;
      const given = keys.map((key) => givenKey(key, exact ?? scheme !== undefined));
      await withPools('delete', options, (pools) =>
        remove(pools, given, { pool, scheme, yes }, standardOutput(options.json)),
      );
    });
  existingPoolsCommand(program, 'clear', 'Empties a pool; at a terminal, asks first.')
    .addOption(poolOption('guest'))
    .option('--if-stale', 'only if it has not changed since the system started')
    .option('--yes', 'do not ask for confirmation')
    .action(async (options: ClearOptions) => {
      const { clear } = await import('./clear.ts');
      const { pool = PoolNumber.guest, ifStale = false, yes = false } = options;
      await withPools('clear', options, (pools) => clear(pools, { pool, ifStale, yes }, standardOutput(options.json)));
    });
  poolCommand(program, 'load', 'Sets the records of a file, each key once.')
    .argument(
      '<file>',
      'lines as dump prints them, a JSON array or object, or lines of KEY=VALUE; - for standard input',
    )
    .addOption(poolOption('the pool that each record names, or guest'))
    .addOption(unsafeOption())
    .option('--append', 'add all records at the end, duplicates included')
    .addOption(new Option('--replace', 'replace all records of the pools, at once or not at all').conflicts('append'))
    .action(async (file: string, options: LoadOptions) => {
      const { load } = await import('./load.ts');
      const { pool, append, replace } = options;
      const way = replace ? 'replace' : append ? 'append' : 'set';
      await withPools('load', options, (pools) =>
        load(pools, file, { ...givenOf('load', options), pool, way }, standardOutput(options.json)),
      );
    });
}

function unsafeOption(): Option {
  const { key, value } = storedLimits;
  return new Option(
    '--unsafe',
    `allow keys of ${key} bytes and values of ${value}, which the host may truncate, and text that it may not be able to read, without warnings`,
  );
}

async function recordOf(key: string, value: string): Promise<KeyAndValue> {
  return { key: givenBytes('key', key), value: await givenValue(value) };
}

function givenOf(
  command: string,
  { pool = PoolNumber.guest, unsafe = false, platform = thisSystem }: WritingOptions,
): SetOptions {
  return { pool, unsafe, dialect: dialects[platform], warn: complainer(command) };
}

import { type Command, Option } from 'commander';
import { givenBytes, givenValue } from '../commands/given-text.ts';
import { standardOutput } from '../commands/output.ts';
import { PoolNumber } from '../message/pool.ts';
import { storedLimits } from '../pools/limits.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import {
  chunkOption,
  type ChunkOption,
  poolCommand,
  type PoolCommandOptions,
  poolOption,
  withPools,
} from './pool-options.ts';

interface WritingOptions extends PoolCommandOptions {
  readonly unsafe?: boolean;
}

interface LoadOptions extends WritingOptions {
  readonly append?: true;
  readonly replace?: true;
}

const valueHelp = '- reads standard input, so that a secret need not be on a command line';

/** Commands that change pools, under the locks and with the journal of the daemon. */
export function addWritingCommands(program: Command): void {
  poolCommand(program, 'set', 'Writes a key, in the place of the record that has it.')
    .argument('<key>')
    .argument('<value>', valueHelp)
    .addOption(poolOption('guest'))
    .addOption(unsafeOption())
    .addOption(chunkOption('split the value as this program reads it').conflicts('unsafe'))
    .action(async (key: string, value: string, options: WritingOptions & ChunkOption) => {
      const { set } = await import('../commands/set.ts');
      const record = await recordOf(key, value);
      const given = { ...givenOf(options), scheme: options.chunk };
      await withPools('set', options, (pools) => set(pools, record, given, standardOutput(options.json)));
    });
  poolCommand(program, 'append', 'Writes a record behind the last one, whether or not its key is there.')
    .argument('<key>')
    .argument('<value>', valueHelp)
    .addOption(poolOption('guest'))
    .addOption(unsafeOption())
    .action(async (key: string, value: string, options: WritingOptions) => {
      const { append } = await import('../commands/set.ts');
      const record = await recordOf(key, value);
      await withPools('append', options, (pools) =>
        append(pools, record, givenOf(options), standardOutput(options.json)),
      );
    });
  poolCommand(program, 'delete', 'Removes every record of each key; status 1 if one was not there.')
    .argument('<key...>')
    .addOption(poolOption('guest'))
    .addOption(chunkOption('remove its parts as well'))
    .action(async (keys: readonly string[], options: PoolCommandOptions & ChunkOption) => {
      const { remove } = await import('../commands/delete.ts');
      const { pool = PoolNumber.guest, chunk: scheme } = options;
      const bytes = keys.map((key) => givenBytes('key', key));
      await withPools('delete', options, (pools) =>
        remove(pools, bytes, { pool, scheme }, standardOutput(options.json)),
      );
    });
  poolCommand(program, 'clear', 'Empties a pool.')
    .addOption(poolOption('guest'))
    .option('--if-stale', 'only if nobody has changed it since the system started')
    .action(async (options: PoolCommandOptions & { readonly ifStale?: true }) => {
      const { clear } = await import('../commands/clear.ts');
      const { pool = PoolNumber.guest, ifStale = false } = options;
      await withPools('clear', options, (pools) => clear(pools, { pool, ifStale }, standardOutput(options.json)));
    });
  poolCommand(program, 'load', 'Writes the records of a file, each key once.')
    .argument(
      '<file>',
      'lines as dump prints them, a JSON array or object, or lines of KEY=VALUE; - for standard input',
    )
    .addOption(poolOption('what each record says, or else guest'))
    .addOption(unsafeOption())
    .option('--append', 'write all behind what is there, duplicates too')
    .addOption(new Option('--replace', 'empty the pools first, then as --append').conflicts('append'))
    .action(async (file: string, options: LoadOptions) => {
      const { load } = await import('../commands/load.ts');
      const { pool, unsafe = false, append, replace } = options;
      const way = replace ? 'replace' : append ? 'append' : 'set';
      await withPools('load', options, (pools) =>
        load(pools, file, { pool, unsafe, way }, standardOutput(options.json)),
      );
    });
}

function unsafeOption(): Option {
  const { key, value } = storedLimits;
  return new Option('--unsafe', `allow keys of ${key} bytes and values of ${value}, which the host may see cut`);
}

async function recordOf(key: string, value: string): Promise<KeyAndValue> {
  return { key: givenBytes('key', key), value: await givenValue(value) };
}

function givenOf({ pool = PoolNumber.guest, unsafe = false }: WritingOptions): { pool: PoolNumber; unsafe: boolean } {
  return { pool, unsafe };
}

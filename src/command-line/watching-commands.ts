import { type Command, InvalidArgumentError } from 'commander';
import { filePools, searchOrder } from '../commands/file-pools.ts';
import { givenBytes } from '../commands/given-text.ts';
import { standardOutput } from '../commands/output.ts';
import type { PoolNumber } from '../message/pool.ts';
import type { WatchedPools } from '../pool-changes/watch-pools.ts';
import { settingsOf } from './place-options.ts';
import { poolCommand, type PoolCommandOptions, poolOption, withPools } from './pool-options.ts';

const defaultTimeoutSeconds = 60;

/** Commands that wait for what others write. */
export function addWatchingCommands(program: Command): void {
  poolCommand(program, 'watch', 'Prints changes as they happen, until Ctrl-C.')
    .argument('[key]', 'of this key only')
    .addOption(poolOption('all in files'))
    .action(async (key: string | undefined, options: PoolCommandOptions) => {
      const { watchCommand } = await import('../commands/watch.ts');
      const bytes = key === undefined ? undefined : givenBytes('key', key);
      await withWatched('watch', options, filePools, (watched) =>
        watchCommand(watched, bytes, standardOutput(options.json)),
      );
    });
  poolCommand(program, 'wait', 'Waits until a key is there, and prints its value; status 1 if it does not come.')
    .argument('<key>')
    .addOption(poolOption('external, auto-external, guest, auto-internal, the first that has it'))
    .option('--timeout <seconds>', 'how long', parseSeconds, defaultTimeoutSeconds)
    .action(async (key: string, options: PoolCommandOptions & { readonly timeout: number }) => {
      const { waitCommand } = await import('../commands/wait.ts');
      const given = { timeoutSeconds: options.timeout };
      await withWatched('wait', options, searchOrder, (watched) =>
        waitCommand(watched, givenBytes('key', key), given, standardOutput(options.json)),
      );
    });
}

/** With all the patience for neighbours' locks. */
async function withWatched(
  command: string,
  options: PoolCommandOptions,
  fallback: readonly PoolNumber[],
  work: (watched: WatchedPools) => Promise<void>,
): Promise<void> {
  const { directory } = (await settingsOf(options)).pools;
  const wanted = options.pool === undefined ? fallback : [options.pool];
  await withPools(command, options, (pools) => work({ pools, directory, wanted }), Infinity);
}

function parseSeconds(text: string): number {
  const longest = 2_000_000;
  const seconds = /^[0-9]+(?:\.[0-9]+)?$/.test(text) ? Number(text) : NaN;
  if (!(seconds <= longest)) throw new InvalidArgumentError(`It must be a number of seconds, at most ${longest}.`);
  return seconds;
}

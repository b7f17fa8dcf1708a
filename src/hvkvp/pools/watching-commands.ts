import { type Command, Option } from 'commander';
import { parseDuration } from '../duration.ts';
import { filePools, searchOrder } from './file-pools.ts';
import { givenBytes } from './given-text.ts';
import { givenKey } from './meant-keys.ts';
import { complainer } from '../failed.ts';
import { standardOutput } from '../output.ts';
import type { PoolNumber } from '../../message/pool.ts';
import type { WatchedPools } from '../../pool-changes/watch-pools.ts';
import { settingsOf } from '../common-options.ts';
import {
  type ChunkOption,
  chunkOption,
  exactOption,
  patternHelp,
  poolCommand,
  type PoolCommandOptions,
  poolOption,
  toRead,
  withPools,
} from './pool-options.ts';

interface WatchOptions extends PoolCommandOptions {
  readonly exact?: true;
  readonly exec?: string;
  readonly shell?: true;
}

interface WaitOptions extends PoolCommandOptions, ChunkOption {
  readonly exact?: true;
  readonly value?: string;
  readonly changed?: true;
  readonly gone?: true;
  readonly timeout: number;
  readonly settle: number;
}

const defaultTimeoutMs = 60_000;
const defaultSettleMs = 2000;

/** Commands that wait for what others write. */
export function addWatchingCommands(program: Command): void {
  poolCommand(program, 'watch', 'Prints changes as they happen, or runs a command for each, until Ctrl-C.')
    .argument('[key]', `only this key. ${patternHelp}`)
    .addOption(poolOption('all in files'))
    .addOption(exactOption())
    .option(
      '--exec <command>',
      'run this for each change of a key, one at a time; HVKVP_CHANGE, HVKVP_POOL, HVKVP_KEY and HVKVP_VALUE are in its environment',
    )
    .option('--shell', 'the command is a line for /bin/sh')
    .action(async (key: string | undefined, options: WatchOptions) => {
      const { watchCommand } = await import('./watch.ts');
      const given = {
        key: key === undefined ? undefined : givenKey(key, options.exact),
        exec: options.exec,
        shell: options.shell ?? false,
      };
      await withWatched('watch', options, filePools, (watched) =>
        watchCommand(watched, given, standardOutput(options.json)),
      );
    });
  poolCommand(program, 'wait', 'Waits until a key exists and prints its value; status 4 when the time is up.')
    .argument('<key>', patternHelp)
    .addOption(poolOption('external, auto-external, guest, auto-internal, the first that has it'))
    .addOption(exactOption())
    .addOption(new Option('--value <text>', 'until it has this value').conflicts(['changed', 'gone']))
    .addOption(new Option('--changed', 'until its value changes, or it is created').conflicts('gone'))
    .option('--gone', 'until it does not exist')
    .addOption(chunkOption('the value is split this way: wait until no more parts arrive'))
    .addOption(timeOption('--settle <time>', 'how long no part may have arrived', [defaultSettleMs, '2s']))
    .addOption(
      timeOption('--timeout <time>', 'how long: 30s, 5m, 1h, or a number of seconds', [defaultTimeoutMs, '1m']),
    )
    .action(async (key: string, options: WaitOptions) => {
      const { waitCommand } = await import('./wait.ts');
      const { value, changed, gone, chunk: scheme, timeout: timeoutMs, settle: settleMs } = options;
      const until = value !== undefined ? givenBytes('value', value) : changed ? 'changed' : gone ? 'gone' : 'there';
      const given = { until, timeoutMs, scheme, settleMs } as const;
      const meant = givenKey(key, options.exact ?? scheme !== undefined);
      await withWatched('wait', options, searchOrder, (watched) =>
        waitCommand(watched, meant, given, standardOutput(options.json)),
      );
    });
}

/** Of a duration; `fallback` in milliseconds and in words. */
function timeOption(flags: string, help: string, fallback: readonly [number, string]): Option {
  return new Option(flags, help).argParser(parseDuration).default(...fallback);
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
  const watched = { directory, wanted, warn: complainer(command) };
  await withPools(command, options, (pools) => work({ pools, ...watched }), { ...toRead, lockTimeoutMs: Infinity });
}

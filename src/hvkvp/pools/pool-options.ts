import { statSync } from 'node:fs';
import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { type ChunkSchemeName, chunkSchemeNames } from '../../chunks/schemes.ts';
import { poolName, poolNamed, type PoolNumber, poolNumbers } from '../../message/pool.ts';
import type { PoolOptions, Pools } from '../../pools/pools.ts';
import { addPlaceOptions, type JsonOption, jsonOption, type PlaceOptions, settingsOf } from '../common-options.ts';
import { complainer, tellOutputFailure } from '../failed.ts';
import { UsageError } from '../failure.ts';
import { outliveOutput } from '../../process/output-failure.ts';

/** What every command on pools takes. */
export type PoolCommandOptions = PlaceOptions & JsonOption & { readonly pool?: PoolNumber };

/** For a command that changes nothing. */
export const toRead = { unfinished: 'leave' } as const;

export interface ChunkOption {
  readonly chunk?: ChunkSchemeName;
}

const poolHelp = poolNumbers.map((pool) => `${pool} ${poolName(pool)}`).join(', ');

/** A command with the options where the pools are, and `--json`. */
export function poolCommand(program: Command, name: string, description: string): Command {
  return addPlaceOptions(program.command(name).description(description)).addOption(jsonOption());
}

/** The same for a command that makes no pools: a folder that is given and not there is a mistake, and no folder of empty pools. */
export function existingPoolsCommand(program: Command, name: string, description: string): Command {
  return poolCommand(program, name, description).hook('preAction', (command) => {
    const { poolDir } = command.opts<PlaceOptions>();
    if (poolDir !== undefined) statSync(poolDir);
  });
}

/** `fallback`: what is meant without it, in words. */
export function poolOption(fallback: string): Option {
  return new Option('--pool <pool>', `number or name of a pool: ${poolHelp} (default: ${fallback})`).argParser(
    parsePool,
  );
}

/** `fallback`: what is meant without it, in words. */
export function poolArgument(fallback: string): Argument {
  return new Argument('[pool]', `number or name of a pool (default: ${fallback})`).argParser(parsePool);
}

/** Of a key that may be a pattern. */
export const patternHelp =
  'Unless a key has this very name, * stands for any text, ? for a character, [a-z] for one of these';

export function exactOption(): Option {
  return new Option('--exact', 'the key is a name, not a pattern');
}

/** The pool that a word or the option names. Throws {@link UsageError} if they name two. */
export function onePool(word: PoolNumber | undefined, option: PoolNumber | undefined): PoolNumber | undefined {
  if (word !== undefined && option !== undefined && word !== option) {
    throw new UsageError(`two different pools are given: ${poolName(word)} and ${poolName(option)}`);
  }
  return word ?? option;
}

export function chunkOption(help: string): Option {
  return new Option('--chunk <scheme>', help).choices(chunkSchemeNames);
}

function parsePool(text: string): PoolNumber {
  const pool = poolNamed(text);
  if (pool === undefined) throw new InvalidArgumentError(`Unknown pool; the pools are ${poolHelp}.`);
  return pool;
}

/**
 * Opens the pools as the daemon does, for one command; what a crash has cut off is left by one that only reads. One that changes
 * them does all of it, whether or not what it says can be written.
 */
export async function withPools<T>(
  command: string,
  options: PlaceOptions,
  work: (pools: Pools) => Promise<T>,
  special: Partial<Pick<PoolOptions, 'lockTimeoutMs' | 'unfinished'>> = {},
): Promise<T> {
  const [{ pools: settings }, { openPools }] = await Promise.all([settingsOf(options), import('../../pools/pools.ts')]);
  if (special.unfinished !== toRead.unfinished) {
    outliveOutput((trouble) => tellOutputFailure(trouble, `hvkvp ${command}`));
  }
  const pools = openPools({ ...settings, unusable: 'fail', warn: complainer(command), ...special });
  try {
    return await work(pools);
  } finally {
    pools.close();
  }
}

/** The same for a command that changes nothing. */
export async function withReadPools(
  command: string,
  options: PlaceOptions,
  work: (pools: Pools) => Promise<void>,
): Promise<void> {
  await withPools(command, options, work, toRead);
}

import { Argument, type Command, InvalidArgumentError, Option } from 'commander';
import { type ChunkSchemeName, chunkSchemeNames } from '../chunks/schemes.ts';
import { poolName, poolNamed, type PoolNumber, poolNumbers } from '../message/pool.ts';
import type { Pools } from '../pools/pools.ts';
import { addPlaceOptions, type PlaceOptions, settingsOf } from './place-options.ts';
import { type JsonOption, jsonOption } from './json-option.ts';
import { complain } from './failed.ts';

/** What every command on pools takes. */
export type PoolCommandOptions = PlaceOptions & JsonOption & { readonly pool?: PoolNumber };

export interface ChunkOption {
  readonly chunk?: ChunkSchemeName;
}

const poolHelp = poolNumbers.map((pool) => `${pool} ${poolName(pool)}`).join(', ');

/** A command with the options where the pools are, and `--json`. */
export function poolCommand(program: Command, name: string, description: string): Command {
  return addPlaceOptions(program.command(name).description(description)).addOption(jsonOption());
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

export function chunkOption(help: string): Option {
  return new Option('--chunk <scheme>', help).choices(chunkSchemeNames);
}

function parsePool(text: string): PoolNumber {
  const pool = poolNamed(text);
  if (pool === undefined) throw new InvalidArgumentError(`There is no such pool; there are ${poolHelp}.`);
  return pool;
}

/** Opens the pools as the daemon does, for one command; `lockTimeoutMs` in place of the configured one. */
export async function withPools<T>(
  command: string,
  options: PlaceOptions,
  work: (pools: Pools) => Promise<T>,
  lockTimeoutMs?: number,
): Promise<T> {
  const [{ pools: settings }, { openPools }] = await Promise.all([settingsOf(options), import('../pools/pools.ts')]);
  const warn = (text: string): void => {
    complain(`hvkvp ${command}`, text);
  };
  const pools = openPools({
    ...settings,
    lockTimeoutMs: lockTimeoutMs ?? settings.lockTimeoutMs,
    unusable: 'fail',
    warn,
  });
  try {
    return await work(pools);
  } finally {
    pools.close();
  }
}

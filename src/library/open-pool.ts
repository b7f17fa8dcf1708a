import { loadSettings } from '../configuration/settings.ts';
import { isPoolNumber, poolNamed, type PoolNumber } from '../message/pool.ts';
import { thisSystem } from '../platform/this-system.ts';
import type { Durability } from '../pools/journal-entry.ts';
import { openPools } from '../pools/pools.ts';
import { InvalidText } from '../pools/valid-record.ts';
import { KvpPool } from './kvp-pool.ts';

/** Where the pools are and how they are written; by default as the daemon of this system is configured. */
export interface OpenOptions {
  /** The daemon's configuration file. */
  readonly configuration?: string;
  /** The folder of the pool files. */
  readonly directory?: string;
  /** The folder of the journals: the same for every program that writes to the pools. */
  readonly stateDirectory?: string;
  /** Of a pool file that is created, such as 0o600. */
  readonly fileMode?: number;
  /** `disk`: what was written survives a power failure. `memory`: it survives the end of this process. */
  readonly durability?: Durability;
  /** How long a call waits for another program's lock. */
  readonly lockTimeoutMs?: number;
  /** Called for damage that was found, changes that were finished after a crash, and changes that the system cannot report. */
  readonly warn?: (text: string) => void;
}

/**
 * Opens a pool by its number or name, such as 'external' (host to guest) or 'guest' (guest to host). The file need not be there yet.
 * To be closed, or opened with `using`.
 */
export async function openPool(pool: PoolNumber | string, options: OpenOptions = {}): Promise<KvpPool> {
  const number = typeof pool === 'number' ? pool : poolNamed(pool);
  if (number === undefined || !isPoolNumber(number)) throw new InvalidText(`unknown pool '${pool}'`);
  const { configuration, directory: poolDirectory, stateDirectory, warn = () => undefined, ...own } = options;
  const { pools } = await loadSettings({ system: thisSystem, configuration, poolDirectory, stateDirectory });
  return new KvpPool(openPools({ ...pools, ...own, unusable: 'fail', warn }), number, pools.directory, warn);
}

import { join } from 'node:path';
import { poolName, type PoolNumber, poolNumbers } from '../message/pool.ts';
import { currentBoot } from './boot.ts';
import { type Disk, systemDisk } from './disk.ts';
import type { Durability } from './journal-entry.ts';
import { FilePool, type Pool } from './pool.ts';
import { poolError } from './pool-error.ts';
import { createPoolFile } from './pool-file.ts';

export interface PoolOptions {
  readonly directory: string;
  /** Where the journals are; the same for all programs of ours that write to the directory. */
  readonly stateDirectory: string;
  /** Of pool files that we create; others keep theirs. */
  readonly fileMode: number;
  /** Whether an answered change survives a power failure, or only the end of our process. */
  readonly durability: Durability;
  /** How long a call waits for a neighbour's lock. */
  readonly lockTimeoutMs: number;
  readonly warn: (text: string) => void;
  /** What to do about a path that names no file we can read: warn and take it for empty (the default), or fail. */
  readonly unusable?: 'empty' | 'fail';
  /** Told of each wait for a neighbour's lock. */
  readonly onLockWait?: (milliseconds: number) => void;
  /** For tests. */
  readonly disk?: Disk;
  /** For tests: which run of the system this is. */
  readonly boot?: string;
}

/** The five pools. */
export interface Pools {
  at(pool: PoolNumber): Pool;
  /** Creates the files that are missing, for programs that expect five of them on Hyper-V; never touches one that exists. */
  createMissing(): void;
  /** From the next operation on. */
  adjust(limits: PoolLimits): void;
  close(): void;
}

/** What can change while pools are open. */
export type PoolLimits = Pick<PoolOptions, 'fileMode' | 'lockTimeoutMs'>;

/** The file of a pool. */
export function poolPath(directory: string, pool: PoolNumber): string {
  return join(directory, `.kvp_pool_${pool}`);
}

/** Where a pool's files are. */
export interface PoolPaths {
  readonly path: string;
  readonly journalPath: string;
  /** Of an end of the file that was saved before it was cut off; a number is added. */
  readonly tailPath: string;
}

export function poolPaths(
  { directory, stateDirectory }: Pick<PoolOptions, 'directory' | 'stateDirectory'>,
  pool: PoolNumber,
): PoolPaths {
  return {
    path: poolPath(directory, pool),
    journalPath: join(stateDirectory, `pool_${pool}.journal`),
    tailPath: join(stateDirectory, `pool_${pool}.tail`),
  };
}

/**
 * Opens the pools of a directory. Nothing is created or changed, except that a change which a crash has cut off is finished.
 */
export function openPools(options: PoolOptions): Pools {
  const { directory, durability, disk = systemDisk, boot = currentBoot(), unusable = 'empty' } = options;
  const pathOf = (pool: PoolNumber): string => poolPath(directory, pool);
  const openPool = (pool: PoolNumber): FilePool =>
    new FilePool({
      ...options,
      name: poolName(pool),
      ...poolPaths(options, pool),
      disk,
      boot,
      unusable,
    });
  let { fileMode } = options;
  const pools = new Map(poolNumbers.map((pool) => [pool, openPool(pool)]));
  for (const pool of pools.values()) pool.recover();
  return {
    at(number) {
      const pool = pools.get(number);
      if (pool === undefined) throw new RangeError(`there is no pool ${number}`);
      return pool;
    },
    createMissing() {
      for (const pool of poolNumbers) {
        try {
          createPoolFile(pathOf(pool), fileMode, disk, durability);
        } catch (error) {
          throw poolError(`create pool ${poolName(pool)} (${pathOf(pool)})`, error);
        }
      }
    },
    adjust({ fileMode: mode, lockTimeoutMs }) {
      fileMode = mode;
      for (const pool of pools.values()) pool.adjust({ fileMode, lockTimeoutMs });
    },
    close() {
      for (const pool of pools.values()) pool.close();
    },
  };
}

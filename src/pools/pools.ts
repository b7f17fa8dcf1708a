import { join, resolve } from 'node:path';
import { isSystemError, type SystemError } from '../device/system-error.ts';
import { poolName, type PoolNumber, poolNumbers } from '../message/pool.ts';
import { currentBoot } from '../platform/current-boot.ts';
import { bootPath, bootTimeMs } from './boot-time.ts';
import { type Disk, systemDisk } from './disk.ts';
import type { JournalNeed } from './journal.ts';
import type { Durability } from './journal-entry.ts';
import { defaultMaxRecords } from './limits.ts';
import { FilePool, type Pool } from './pool.ts';
import { PoolAccess } from './pool-access.ts';
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
  /** Whether a change that cannot be written down beforehand is refused; if not (the default), a crash may tear a record. */
  readonly journal?: JournalNeed;
  /** Longer pools are not used, and none is made longer; see {@link defaultMaxRecords}. */
  readonly maxRecords?: number;
  readonly warn: (text: string) => void;
  /** What a read does about a change that a crash has cut off: finish it (the default), or leave it. */
  readonly unfinished?: 'finish' | 'leave';
  /** What to do about a path that names no file we can read: warn and take it for empty (the default), or fail. */
  readonly unusable?: 'empty' | 'fail';
  /** Called after each wait for a neighbour's lock. */
  readonly onLockWait?: (milliseconds: number) => void;
  /** Of each pool: where it is not the system's. */
  readonly disk?: (pool: PoolNumber) => Disk;
  /** For tests: which run of the system this is. */
  readonly boot?: string;
}

/** The five pools; one that is not asked for is not touched. */
export interface Pools {
  at(pool: PoolNumber): Pool;
  /** Finishes what crashes left in any of them: now, or a little later if a pool is locked. */
  recover(onFailure: (error: SystemError) => void): Promise<void>;
  /** Why a pool is changed without a journal; "" if it is not. */
  readonly journalTrouble: (pool: PoolNumber) => string;
  /** When the system started, in ms since 1970: what is older is of an earlier life. */
  bootTimeMs(): number;
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
  /** Of what is noted of the system's start; the same for all pools. */
  readonly bootPath: string;
}

export function poolPaths(
  { directory, stateDirectory }: Pick<PoolOptions, 'directory' | 'stateDirectory'>,
  pool: PoolNumber,
): PoolPaths {
  // Of its own for each folder: two that have a state directory in common have no lock in common.
  const stem = join(stateDirectory, `pool_${pool}.${tagOf(directory)}`);
  return {
    path: poolPath(directory, pool),
    journalPath: `${stem}.journal`,
    tailPath: `${stem}.tail`,
    bootPath: bootPath(stateDirectory),
  };
}

/** FNV-1a, of 32 bits. */
function tagOf(directory: string): string {
  const [basis, prime] = [0x811c9dc5, 0x01000193];
  const hash = Buffer.from(resolve(directory)).reduce((sum, byte) => Math.imul(sum ^ byte, prime), basis);
  return (hash >>> 0).toString(16).padStart(8, '0');
}

interface Opened {
  readonly access: PoolAccess;
  readonly pool: Pool;
}

/** Nothing is opened, created or changed before it is asked for. */
export function openPools(options: PoolOptions): Pools {
  const { directory, durability, disk = () => systemDisk, boot = currentBoot() } = options;
  const {
    unusable = 'empty',
    unfinished = 'finish',
    journal = 'when-possible',
    maxRecords = defaultMaxRecords,
  } = options;
  let { fileMode, lockTimeoutMs } = options;
  const opened = new Map<PoolNumber, Opened>();
  let isClosed = false;
  const openPool = (number: PoolNumber): Opened => {
    const own = { ...options, name: poolName(number), ...poolPaths(options, number), fileMode, lockTimeoutMs };
    const given = { disk: disk(number), boot, unusable, unfinished, need: journal, maxRecords };
    const access = new PoolAccess({ ...own, ...given });
    const made = { access, pool: new FilePool(access, maxRecords) };
    opened.set(number, made);
    if (isClosed) access.close();
    return made;
  };
  const find = (pool: PoolNumber): Opened => {
    if (!poolNumbers.includes(pool)) throw new RangeError(`there is no pool ${pool}`);
    return opened.get(pool) ?? openPool(pool);
  };
  return {
    at: (pool) => find(pool).pool,
    async recover(onFailure) {
      for (const pool of poolNumbers) {
        try {
          await find(pool).access.recover();
        } catch (error) {
          if (!isSystemError(error)) throw error;
          onFailure(error);
        }
      }
    },
    journalTrouble: (pool) => opened.get(pool)?.access.journalTrouble ?? '',
    bootTimeMs: () => bootTimeMs(bootPath(options.stateDirectory)),
    createMissing() {
      for (const pool of poolNumbers) {
        const path = poolPath(directory, pool);
        try {
          createPoolFile(path, fileMode, disk(pool), durability);
        } catch (error) {
          throw poolError(`create pool ${poolName(pool)} (${path})`, error);
        }
      }
    },
    adjust(limits) {
      ({ fileMode, lockTimeoutMs } = limits);
      for (const { access } of opened.values()) access.adjust(limits);
    },
    close() {
      isClosed = true;
      for (const { access } of opened.values()) access.close();
    },
  };
}

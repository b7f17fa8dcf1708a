import { closeSync, constants, lstatSync, openSync, readdirSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { isSystemError } from '../device/system-error.ts';
import { systemDisk } from './disk.ts';
import { Journal } from './journal.ts';
import { loadContents } from './load.ts';
import { PoolFile, UnusableFile } from './pool-file.ts';
import type { PoolPaths } from './pools.ts';
import { isStale } from './stale.ts';

/** What can be told about a pool without changing anything. */
export interface PoolInspection {
  readonly path: string;
  /** `missing`: no file. `unusable`: one that cannot be read; `damage` says why. */
  readonly state: 'missing' | 'unusable' | 'ok' | 'damaged';
  /** Permissions, in octal digits; "" if there is no file. */
  readonly mode: string;
  /** In bytes. */
  readonly size: number;
  readonly records: number;
  /** Records whose key is that of one before them. */
  readonly duplicates: number;
  /** In words; "" if there is none. */
  readonly damage: string;
  /** Not changed since the system started. */
  readonly stale: boolean;
  readonly journal: 'none' | 'idle' | 'pending' | 'unreadable';
  /** Ends that neighbours had left and that were saved before they were cut off. */
  readonly savedTails: number;
}

const permissions = 0o7777;
const octal = 8;
const modeDigits = 4;

/** Looks at a pool's files as they are. Throws a system error if they cannot be looked at. */
export function inspectPool({ path, journalPath, tailPath }: PoolPaths): PoolInspection {
  const status = lstatSync(path, { throwIfNoEntry: false });
  const rest = { path, journal: journalState(journalPath), savedTails: savedTails(tailPath).length };
  if (status === undefined) {
    return { ...rest, ...nothingRead, state: 'missing', mode: '', size: 0, stale: false };
  }
  const { size } = status;
  const mode = (status.mode & permissions).toString(octal).padStart(modeDigits, '0');
  return { ...rest, mode, size, stale: isStale(path), ...readContents(path) };
}

/** The paths of the ends that were saved. */
export function savedTails(tailPath: string): readonly string[] {
  const start = `${basename(tailPath)}-`;
  try {
    return readdirSync(dirname(tailPath)).filter((name) => name.startsWith(start));
  } catch (error) {
    if (isSystemError(error) && ['ENOENT', 'EACCES'].includes(error.code)) return [];
    throw error;
  }
}

const nothingRead = { records: 0, duplicates: 0, damage: '' } as const;

function readContents(path: string): Pick<PoolInspection, 'state' | 'records' | 'duplicates' | 'damage'> {
  try {
    const file = PoolFile.open(path, systemDisk);
    if (file === undefined) return { ...nothingRead, state: 'missing' };
    try {
      const { index, damage } = loadContents(file);
      const duplicates = index.length - index.distinctKeys;
      return { state: damage === '' ? 'ok' : 'damaged', records: index.length, duplicates, damage };
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof UnusableFile) return { ...nothingRead, state: 'unusable', damage: error.message };
    throw error;
  }
}

function journalState(path: string): PoolInspection['journal'] {
  try {
    closeSync(openSync(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK));
  } catch (error) {
    if (isSystemError(error) && error.code === 'ENOENT') return 'none';
    if (isSystemError(error) && error.code === 'EACCES') return 'unreadable';
    throw error;
  }
  const journal = new Journal({ path, disk: systemDisk, durability: 'memory', boot: '' });
  try {
    return journal.pending() === undefined ? 'idle' : 'pending';
  } finally {
    journal.close();
  }
}

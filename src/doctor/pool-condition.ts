import { fstatSync } from 'node:fs';
import { native } from '../device/native.ts';
import { isSystemError } from '../device/system-error.ts';
import { poolName, type PoolNumber } from '../message/pool.ts';
import { below } from '../platform/machine.ts';
import { systemDisk } from '../pools/disk.ts';
import { Journal } from '../pools/journal.ts';
import { loadContents } from '../pools/load.ts';
import { held, whenFree } from '../pools/lock.ts';
import { describeLockHolder } from '../pools/lock-holder.ts';
import { PoolFile, UnusableFile } from '../pools/pool-file.ts';
import { poolPaths } from '../pools/pools.ts';
import type { Patient } from './check.ts';

/** How a pool's file is. */
export interface PoolCondition {
  readonly pool: PoolNumber;
  readonly name: string;
  readonly path: string;
  /** Why it cannot be used; "" if it can, undefined if there is none. */
  readonly trouble: string | undefined;
  /** Whether we are not the one to judge. */
  readonly isForbidden: boolean;
  readonly size: number;
  /** Its permissions. */
  readonly mode: number;
  readonly modifiedAt: Date;
  /** Oddities in it, in words; "" if there are none. */
  readonly damage: string;
  /** Whether the journal holds a change that a crash has cut off. */
  readonly isUnfinished: boolean;
}

const permissions = 0o7777;

/** Reads a pool's file as it is under a shared lock, and changes nothing: a cut off change stays as it is. */
export async function readCondition(pool: PoolNumber, { machine, settings }: Patient): Promise<PoolCondition> {
  const { lockTimeoutMs, durability } = settings.pools;
  const name = poolName(pool);
  const { path, journalPath } = poolPaths(settings.pools, pool);
  const blank = {
    ...{ pool, name, path, trouble: '', isForbidden: false, size: 0, mode: 0, modifiedAt: new Date(0) },
    ...{ damage: '', isUnfinished: false },
  };
  const opened = openPool(below(machine, path));
  if (!(opened instanceof PoolFile)) return { ...blank, ...opened };
  const journal = new Journal({ path: below(machine, journalPath), disk: systemDisk, durability, boot: '' });
  try {
    const { size, mode, mtime: modifiedAt } = fstatSync(opened.reader);
    const seen = { ...blank, size, mode: mode & permissions, modifiedAt };
    const patience = { timeoutMs: lockTimeoutMs, giveUp: () => new StaysLocked() };
    return { ...seen, ...(await whenFree(() => look(opened, journal), patience)) };
  } catch (error) {
    if (!(error instanceof StaysLocked)) throw error;
    return { ...blank, trouble: `${describeLockHolder(opened.reader, opened.inode)} holds its lock` };
  } finally {
    journal.close();
    opened.close();
  }
}

class StaysLocked extends Error {}

type Unopened = Pick<PoolCondition, 'trouble' | 'isForbidden'>;

function openPool(path: string): PoolFile | Unopened {
  try {
    return PoolFile.open(path, systemDisk) ?? { trouble: undefined, isForbidden: false };
  } catch (error) {
    if (!(error instanceof UnusableFile || isSystemError(error))) throw error;
    const cause = isSystemError(error) ? error : error.cause;
    return { trouble: error.message, isForbidden: isSystemError(cause) && ['EACCES', 'EPERM'].includes(cause.code) };
  }
}

function look(file: PoolFile, journal: Journal): Pick<PoolCondition, 'damage' | 'isUnfinished'> | typeof held {
  if (!native.tryLock(file.reader, 'shared')) return held;
  try {
    return { damage: loadContents(file).damage, isUnfinished: journal.pending() !== undefined };
  } finally {
    native.unlock(file.reader);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { isSystemError } from '../../device/system-error.ts';
import { dialects } from '../../message/dialect.ts';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import { below } from '../../platform/machine.ts';
import { type LockHolder, lockHolders } from '../../platform/lock-holder.ts';
import { systemDisk } from '../../pools/disk.ts';
import { type PoolHealth, readHealth } from '../../pools/health.ts';
import { PoolFile, UnusableFile } from '../../pools/pool-file.ts';
import { poolPaths } from '../../pools/pools.ts';
import type { Patient } from './check.ts';

export interface PoolCondition extends PoolHealth {
  readonly pool: PoolNumber;
  readonly name: string;
  /** Who holds a lock on it, and may not even write to it; "" if nobody. */
  readonly lockedBy: string;
}

/** How a pool of the examined machine is. */
export async function readCondition(pool: PoolNumber, { machine, settings }: Patient): Promise<PoolCondition> {
  const { path, journalPath, tailPath, bootPath } = poolPaths(settings.pools, pool);
  const there = {
    path: below(machine, path),
    journalPath: below(machine, journalPath),
    tailPath: below(machine, tailPath),
    bootPath: below(machine, bootPath),
  };
  const dialect = dialects[settings.platform.system];
  const health = await readHealth(there, { ...settings.pools, dialect });
  return { ...health, pool, name: poolName(pool), path, lockedBy: await readerWithLock(there.path) };
}

/** Longer than it takes to read a pool. */
const momentMs = 250;

async function readerWithLock(path: string): Promise<string> {
  const file = openOrNothing(path);
  if (file === undefined) return '';
  const readers = (): readonly LockHolder[] => lockHolders(file.reader).filter(({ mayOnlyRead }) => mayOnlyRead);
  try {
    const [first] = readers();
    if (first === undefined) return '';
    await sleep(momentMs);
    return readers().find(({ pid }) => pid === first.pid)?.description ?? '';
  } finally {
    file.close();
  }
}

/** A pool that cannot be opened is reported by its health. */
function openOrNothing(path: string): PoolFile | undefined {
  try {
    return PoolFile.open(path, systemDisk);
  } catch (error) {
    if (error instanceof UnusableFile || isSystemError(error)) return undefined;
    throw error;
  }
}

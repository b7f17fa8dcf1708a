import { lstatSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { native } from '../device/native.ts';
import { isDenied, isSystemError, unlessFails } from '../device/system-error.ts';
import { type Dialect, dialects } from '../message/dialect.ts';
import { describeLockHolder } from '../platform/lock-holder.ts';
import { thisSystem } from '../platform/this-system.ts';
import { bootTimeMs, isStale } from './boot-time.ts';
import { type Attempt, done, locked, patiently } from './attempt.ts';
import { systemDisk } from './disk.ts';
import { hostTroubles, type HostTroubles, noTroubles } from './host-readers.ts';
import { Journal, type JournalState } from './journal.ts';
import { defaultMaxRecords } from './limits.ts';
import { loadContents } from './load.ts';
import { PoolFile, UnusableFile } from './pool-file.ts';
import type { PoolOptions, PoolPaths } from './pools.ts';
import { recordSize, splitRecords } from './record.ts';

/** What can be said about a pool without changing anything. */
export interface PoolHealth {
  readonly path: string;
  /** `missing`: no file. `unusable`: one that cannot be read, or stays locked. */
  readonly state: 'missing' | 'unusable' | 'ok' | 'damaged';
  /** Why it is unusable or damaged, in words; "" if it is neither. */
  readonly damage: string;
  /** Whether we may not read it. */
  readonly isForbidden: boolean;
  /** Permissions; 0 if there is no file that we can open. */
  readonly mode: number;
  /** In bytes. */
  readonly size: number;
  readonly modifiedAt: Date;
  readonly records: number;
  /** Records whose key is that of one before them. */
  readonly duplicates: number;
  readonly troubles: HostTroubles;
  /** Not changed since the system started. */
  readonly stale: boolean;
  /** `pending`: a change was interrupted by a crash, which is not finished yet. */
  readonly journal: JournalState;
  /** The paths of ends that neighbours had left, saved before they were cut off. */
  readonly savedTails: readonly string[];
}

const permissions = 0o7777;

interface HealthOptions extends Pick<PoolOptions, 'lockTimeoutMs' | 'maxRecords'> {
  /** Of the driver that carries its records to the host; this system's unless given. */
  readonly dialect?: Dialect;
}

/** Looks at a pool under a shared lock, for which it waits as the pools do. Throws a system error if its files cannot be looked at. */
export async function readHealth(
  { path, journalPath, tailPath, bootPath }: PoolPaths,
  { lockTimeoutMs: timeoutMs, maxRecords = defaultMaxRecords, dialect = dialects[thisSystem] }: HealthOptions,
): Promise<PoolHealth> {
  const journal = new Journal({
    path: journalPath,
    disk: systemDisk,
    durability: 'memory',
    boot: '',
    need: 'required',
  });
  const unread: PoolHealth = { ...nothingRead, path, savedTails: findTails(tailPath), journal: journal.state(0n) };
  const file = open(path);
  const seen = { ...unread, ...statusOf(path, bootPath) };
  try {
    if (!(file instanceof PoolFile)) return { ...seen, ...file };
    if (seen.size > (maxRecords + 1) * recordSize) {
      return { ...seen, state: 'unusable', damage: `it has more than ${maxRecords} records (max_records)` };
    }
    const giveUp = (): unknown => new StaysLocked();
    return { ...seen, ...(await patiently(() => look(file, journal, dialect), { timeoutMs, giveUp })) };
  } catch (error) {
    if (!(error instanceof StaysLocked && file instanceof PoolFile)) throw error;
    return { ...seen, state: 'unusable', damage: `${describeLockHolder(file.reader)} holds its lock` };
  } finally {
    journal.close();
    if (file instanceof PoolFile) file.close();
  }
}

class StaysLocked extends Error {}

const nothingRead: Omit<PoolHealth, 'path' | 'savedTails' | 'journal'> = {
  ...{ state: 'missing', damage: '', isForbidden: false, mode: 0, size: 0, modifiedAt: new Date(0) },
  ...{ records: 0, duplicates: 0, stale: false, troubles: noTroubles },
};

function open(path: string): PoolFile | Pick<PoolHealth, 'state' | 'damage' | 'isForbidden'> {
  try {
    return PoolFile.open(path, systemDisk) ?? { state: 'missing', damage: '', isForbidden: false };
  } catch (error) {
    if (!(error instanceof UnusableFile || isSystemError(error))) throw error;
    const isForbidden = isDenied(isSystemError(error) ? error : error.cause);
    return { state: 'unusable', damage: error.message, isForbidden };
  }
}

function statusOf(path: string, bootPath: string): Partial<PoolHealth> {
  // The folder may be closed to us, as opening the file has shown.
  const status = unlessFails(() => lstatSync(path, { throwIfNoEntry: false }), 'EACCES', 'EPERM');
  if (status === undefined) return {};
  const { size, mode, mtime: modifiedAt } = status;
  return { size, mode: mode & permissions, modifiedAt, stale: isStale(path, bootTimeMs(bootPath)) };
}

type Contents = Pick<PoolHealth, 'state' | 'damage' | 'records' | 'duplicates' | 'troubles' | 'journal'>;

function look(file: PoolFile, journal: Journal, dialect: Dialect): Attempt<Contents> {
  if (!native.tryLock(file.reader, 'shared')) return locked;
  try {
    const { index, damage } = loadContents(file);
    const bytes = file.read(Buffer.alloc(index.length * recordSize), 0);
    return done({
      state: damage === '' ? 'ok' : 'damaged',
      damage,
      records: index.length,
      duplicates: index.length - index.distinctKeys,
      troubles: hostTroubles(splitRecords(bytes), dialect),
      journal: journal.state(file.identity.inode),
    });
  } finally {
    native.unlock(file.reader);
  }
}

/** The paths of the ends that were saved. */
function findTails(tailPath: string): readonly string[] {
  const folder = dirname(tailPath);
  const names = unlessFails(() => readdirSync(folder), 'ENOENT', 'EACCES', 'ENOTDIR') ?? [];
  return names.filter((name) => name.startsWith(`${basename(tailPath)}-`)).map((name) => join(folder, name));
}

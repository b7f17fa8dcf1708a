import { lstatSync } from 'node:fs';
import { basename } from 'node:path';
import type { PoolNumber } from '../message/pool.ts';
import { poolPath, type Pools } from '../pools/pools.ts';
import { type Difference, differences, type Snapshot } from './difference.ts';
import { FolderWatch } from './folder-watch.ts';

/** The pools of a folder. */
export interface WatchedPools {
  readonly pools: Pick<Pools, 'at'>;
  readonly directory: string;
  readonly wanted: readonly PoolNumber[];
  /** Called once if the files are polled, because the system reports no changes. */
  readonly warn?: (text: string) => void;
}

export type PoolChange = Difference & { readonly pool: PoolNumber };

/**
 * The changes of pools from now on, until `signal` is aborted. Those that come faster than they are taken are reported as one, but the
 * last state of a pool is always reported. `onReady` is called when no change can be missed any more.
 */
export async function* watchPools(
  watched: WatchedPools,
  signal?: AbortSignal,
  onReady?: () => void,
): AsyncGenerator<PoolChange, void, undefined> {
  const watch = watchFolder(watched, signal);
  try {
    watch.markKnown();
    let known = await look(watched);
    onReady?.();
    while (!isAborted(signal)) {
      await watch.changed();
      if (isAborted(signal)) return;
      watch.markKnown();
      const now = await look(watched);
      for (const [pool, snapshot] of now) {
        for (const difference of differences(known.get(pool) ?? nothing, snapshot)) yield { pool, ...difference };
      }
      known = now;
    }
  } finally {
    watch.close();
  }
}

/**
 * What `find` finds, asked now and whenever the pools may have changed; undefined once `signal` is aborted. The watch begins before
 * the first look, so nothing falls in between.
 */
export async function waitUntilFound<T>(
  watched: Omit<WatchedPools, 'pools'>,
  find: () => Promise<T | undefined>,
  signal?: AbortSignal,
): Promise<T | undefined> {
  const early = await find();
  if (early !== undefined || isAborted(signal)) return early;
  const watch = watchFolder(watched, signal);
  try {
    for (;;) {
      watch.markKnown();
      const found = await find();
      if (found !== undefined || isAborted(signal)) return found;
      await watch.changed();
    }
  } finally {
    watch.close();
  }
}

function isAborted(signal: AbortSignal | undefined): boolean {
  return signal?.aborted ?? false;
}

const nothing: Snapshot = { inode: undefined, records: [] };

function watchFolder({ directory, wanted, warn }: Omit<WatchedPools, 'pools'>, signal?: AbortSignal): FolderWatch {
  const names = wanted.map((pool) => basename(poolPath(directory, pool)));
  return new FolderWatch(directory, names, { signal, warn });
}

async function look({ pools, directory, wanted }: WatchedPools): Promise<ReadonlyMap<PoolNumber, Snapshot>> {
  const snapshots = new Map<PoolNumber, Snapshot>();
  for (const pool of wanted) {
    const records = await pools.at(pool).records();
    const status = lstatSync(poolPath(directory, pool), { bigint: true, throwIfNoEntry: false });
    snapshots.set(pool, { inode: status?.ino, records });
  }
  return snapshots;
}

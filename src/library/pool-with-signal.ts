import type { Pool } from '../pools/pool.ts';

/** A pool of which each wait for a lock ends by a signal. */
export function poolWithSignal(pool: Pool, signal: AbortSignal | undefined): Pool {
  if (signal === undefined) return pool;
  signal.throwIfAborted();
  return {
    get: (key) => pool.get(key, signal),
    set: (key, value) => pool.set(key, value, signal),
    delete: (key) => pool.delete(key, signal),
    at: (index) => pool.at(index),
    records: () => pool.records(signal),
    append: (key, value) => pool.append(key, value, signal),
    clear: (unchangedSinceMs) => pool.clear(unchangedSinceMs, signal),
    replace: (records) => pool.replace(records),
  };
}

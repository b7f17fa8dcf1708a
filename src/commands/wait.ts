import type { PoolNumber } from '../message/pool.ts';
import { waitUntilFound, type WatchedPools } from '../pool-changes/watch-pools.ts';
import { checkKey } from '../pools/valid-record.ts';
import type { KeyAndValue } from '../pools/pool.ts';
import { NotFound } from './failure.ts';
import { missingKey } from './missing-key.ts';
import { writeValue } from './get.ts';
import { type Output, writeJson } from './output.ts';
import { recordJson } from './record-json.ts';

const msPerSecond = 1000;

interface Found {
  readonly pool: PoolNumber;
  readonly record: KeyAndValue;
}

/** Waits until one of the pools has a key, and prints its value. Throws {@link NotFound} when the time is up. */
export async function waitCommand(
  watched: WatchedPools,
  key: Buffer,
  { timeoutSeconds }: { readonly timeoutSeconds: number },
  output: Output,
): Promise<void> {
  checkKey(key);
  const find = async (): Promise<Found | undefined> => {
    for (const pool of watched.wanted) {
      const value = await watched.pools.at(pool).get(key);
      if (value !== undefined) return { pool, record: { key, value: Buffer.from(value) } };
    }
    return undefined;
  };
  const signal = AbortSignal.timeout(timeoutSeconds * msPerSecond);
  const found = await Promise.race([waitUntilFound(watched, find, signal), whenAborted(signal)]);
  if (found === undefined) throw new NotFound(`${missingKey(watched.wanted, key)} after ${timeoutSeconds} s`);
  if (output.json) writeJson(output, recordJson(found.pool, found.record));
  else writeValue(found.record.value, true, output);
}

/** A lock that a neighbour holds must not hold us longer than we were told to wait. */
function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
}

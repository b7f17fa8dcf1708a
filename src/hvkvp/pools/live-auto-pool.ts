import { autoKeysOfThisMachine } from '../../auto-keys/this-machine.ts';
import type { Settings } from '../../configuration/settings.ts';
import type { Awaitable } from '../../message/awaitable.ts';
import { PoolNumber } from '../../message/pool.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { Pools } from '../../pools/pools.ts';
import { askIfRunning } from '../daemon/daemon-access.ts';

/** Pools as they are looked into: pool "auto" is what is reported to the host, which no file holds. */
export interface ReadablePools {
  at(pool: PoolNumber): { records(): Awaitable<readonly KeyAndValue[]> };
}

/** The pools of the settings, with the automatic keys as the daemon reports them; if none runs, as one would, and `say` is called. */
export function withLiveAutoPool(pools: Pools, settings: Settings, say: (text: string) => void): ReadablePools {
  return {
    at(pool) {
      if (pool !== PoolNumber.auto) return pools.at(pool);
      return { records: async () => (await askedOf(settings.controlSocket, say)) ?? (await computed(pools, settings)) };
    },
  };
}

async function askedOf(
  controlSocket: string,
  say: (text: string) => void,
): Promise<readonly KeyAndValue[] | undefined> {
  const records = await askIfRunning(controlSocket, say, (client) => client.autoKeys());
  return records?.map(({ key, value }) => ({ key: Buffer.from(key), value: Buffer.from(value) }));
}

/** All but IntegrationServicesVersion, which only a daemon hears. */
async function computed(pools: Pools, settings: Settings): Promise<readonly KeyAndValue[]> {
  const networkWatch = { changed: () => true, close: () => undefined };
  const autoKeys = autoKeysOfThisMachine(settings, { pools, networkWatch, integrationServicesVersion: () => '' });
  await autoKeys.refreshDomainName();
  return await autoKeys.records();
}

import { describe, expect, it } from 'vitest';
import { poolNamed } from '../../../src/message/pool.ts';

describe('the name of a pool', () => {
  it.each([
    [0, ['0', 'external', 'External', 'HostExchangeItems', 'KVP_POOL_EXTERNAL', '.kvp_pool_0', 'kvp_pool_0']],
    [1, ['1', 'guest', 'Guest', 'GuestExchangeItems', 'KVP_POOL_GUEST']],
    [2, ['2', 'Auto', 'GuestIntrinsicExchangeItems', 'KVP_POOL_AUTO']],
    [3, ['3', 'auto-external', 'autoExternal', 'Guest/Parameters', 'Guest\\Parameters', 'KVP_POOL_AUTO_EXTERNAL']],
    [4, ['4', 'auto-internal', 'KVP_POOL_AUTO_INTERNAL']],
  ])('is understood as Windows, OpenBSD and Linux write it: %d', (pool, names) => {
    for (const name of names) expect(poolNamed(name), name).toBe(pool);
  });

  it.each(['', '5', '-1', '00', '/', 'parameters', 'kvp_pool_5'])('is refused if there is no such pool: %j', (name) => {
    expect(poolNamed(name)).toBeUndefined();
  });
});

import assert from 'node:assert/strict';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import type { HostReply } from '../../../../src/simulator/host.ts';
import { mac } from './ip-information.ts';
import type { Lab } from './lab.ts';

const transactions = 500;

/** Any order of operations: each reply must be the one that a plain map gives. */
export async function checkTraffic(lab: Lab): Promise<void> {
  await lab.check(`${transactions} mixed transactions are answered as a map would answer them`, async () => {
    const pools = new Map([PoolNumber.external, PoolNumber.guest].map((pool) => [pool, new Map<string, string>()]));
    const random = randomNumbers(seed);
    for (let count = 0; count < transactions; count += 1) {
      const pool = random(2) === 0 ? PoolNumber.external : PoolNumber.guest;
      const records = pools.get(pool);
      assert.ok(records);
      await transact(lab, pool, records, random);
    }
    for (const [pool, records] of pools) await empty(lab, pool, records);
  });
}

type Random = (below: number) => number;

async function transact({ host }: Lab, pool: PoolNumber, records: Map<string, string>, random: Random): Promise<void> {
  const key = `key ${random(keys)} 🔑`;
  const value = records.get(key);
  switch (random(operations)) {
    case 0:
    case 1: {
      const text = 'x'.repeat(random(longestValue)) + '😀';
      assert.deepEqual(await host.set(pool, key, text), { status: Status.ok });
      records.set(key, text);
      return;
    }
    case 2: {
      const status = records.delete(key) ? Status.ok : Status.noMoreItems;
      assert.deepEqual(await host.delete(pool, key), { status });
      return;
    }
    case 3: {
      const index = random(keys);
      const [found] = [...records].slice(index).map(([key, value]) => ({ key, value }));
      assert.deepEqual(await host.enumerateAt(pool, index), answer(found));
      return;
    }
    case 4:
      assert.equal((await host.getIpInfo(mac)).status, Status.ok);
      return;
    default:
      assert.deepEqual(await host.get(pool, key), answer(value));
  }
}

function answer<T>(value: T | undefined): HostReply<T> {
  return { status: value === undefined ? Status.noMoreItems : Status.ok, value };
}

const keys = 20;
const operations = 7;
const longestValue = 1000;

async function empty({ host }: Lab, pool: PoolNumber, records: Map<string, string>): Promise<void> {
  for (const key of records.keys()) assert.deepEqual(await host.delete(pool, key), { status: Status.ok });
  assert.deepEqual(await host.enumerate(pool), { status: Status.noMoreItems, records: [] });
}

/** The same numbers in every run: Lehmer's generator. */
function randomNumbers(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state * multiplier) % modulus;
    return state % below;
  };
}

const seed = 20_231;
const multiplier = 48_271;
const modulus = 2 ** 31 - 1;

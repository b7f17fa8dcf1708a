import assert from 'node:assert/strict';
import { appendFile, readFile, stat } from 'node:fs/promises';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import type { Lab } from './lab.ts';
import { poolFile, recordBytes } from './pool-file.ts';

export async function checkPools(lab: Lab): Promise<void> {
  for (const pool of [PoolNumber.external, PoolNumber.guest]) {
    await checkRecords(lab, pool);
    await checkChanges(lab, pool);
    await checkNeighbours(lab, pool);
  }
}

const records = [
  { key: 'plain', value: 'text' },
  { key: 'grüße', value: 'žluťoučký kůň, 日本語' },
  { key: '🔑 key', value: '😀 value 🦊' },
  { key: 'u32', value: '4294967295' },
  { key: 'u64', value: '18446744073709551615' },
];
const ok = { status: Status.ok };
const refused = { status: Status.noMoreItems };
const missing = { status: Status.noMoreItems, value: undefined };

async function checkRecords(lab: Lab, pool: PoolNumber): Promise<void> {
  const { host } = lab;

  await lab.check(`pool ${pool} has a file at first, and no record`, async () => {
    assert.deepEqual(await host.enumerateAt(pool, 0), missing);
    assert.deepEqual(await host.get(pool, 'plain'), missing);
    assert.deepEqual(await host.delete(pool, 'plain'), refused);
    assert.equal((await stat(poolFile(pool))).size, 0);
  });

  await lab.check(`pool ${pool} takes text, text beyond ASCII, and emoji in key and value`, async () => {
    for (const { key, value } of records.slice(0, -2)) assert.deepEqual(await host.set(pool, key, value), ok);
  });

  await lab.check(`pool ${pool} takes the greatest U32 and U64`, async () => {
    assert.deepEqual(await host.set(pool, 'u32', { u32: 0xffff_ffff }), ok);
    assert.deepEqual(await host.set(pool, 'u64', { u64: 0xffff_ffff_ffff_ffffn }), ok);
  });

  await lab.check(`the file of pool ${pool} is the records as they were set, one after the other`, async () => {
    const expected = Buffer.concat(records.map(({ key, value }) => recordBytes(key, value)));
    assert.ok(expected.equals(await readFile(poolFile(pool))));
  });

  await lab.check(`GET answers every record of pool ${pool}`, async () => {
    for (const { key, value } of records) assert.deepEqual(await host.get(pool, key), { ...ok, value });
  });

  await lab.check(
    `ENUMERATE answers the records of pool ${pool} in their order, then says that there are no more`,
    async () => {
      assert.deepEqual(await host.enumerate(pool), { ...refused, records });
    },
  );

  await lab.check(`keys of pool ${pool} are told apart by case, and compared whole`, async () => {
    for (const key of ['Plain', 'plai', 'plain ']) assert.deepEqual(await host.get(pool, key), missing);
  });
}

async function checkChanges(lab: Lab, pool: PoolNumber): Promise<void> {
  const { host } = lab;

  await lab.check(`SET replaces a value of pool ${pool} in its place, by a shorter and an empty one too`, async () => {
    for (const value of ['longer than before', 'short', '']) {
      assert.deepEqual(await host.set(pool, 'plain', value), ok);
      assert.deepEqual(await host.get(pool, 'plain'), { ...ok, value });
      assert.deepEqual(await host.enumerate(pool), {
        ...refused,
        records: [{ key: 'plain', value }, ...records.slice(1)],
      });
    }
  });

  await lab.check(`DELETE takes one record out of pool ${pool} and keeps the order of the others`, async () => {
    assert.deepEqual(await host.delete(pool, '🔑 key'), ok);
    assert.deepEqual(await host.delete(pool, '🔑 key'), refused);
    assert.deepEqual(await keysOf(lab, pool), ['plain', 'grüße', 'u32', 'u64']);
  });
}

async function checkNeighbours(lab: Lab, pool: PoolNumber): Promise<void> {
  const { host } = lab;

  await lab.check(`what a neighbour appends to pool ${pool} is there at the next request`, async () => {
    await appendFile(poolFile(pool), recordBytes('neighbour', 'was here'));
    assert.deepEqual(await host.get(pool, 'neighbour'), { ...ok, value: 'was here' });
    assert.deepEqual(await keysOf(lab, pool), ['plain', 'grüße', 'u32', 'u64', 'neighbour']);
  });

  await lab.check(
    `a record of pool ${pool} that is not UTF-8 is shown as well as may be and does not end the list`,
    async () => {
      await appendFile(poolFile(pool), recordBytes('broken', Buffer.from('a\xffb', 'latin1')));
      await appendFile(poolFile(pool), recordBytes('after', 'it'));
      assert.deepEqual(await host.enumerateAt(pool, 5), { ...ok, value: { key: 'broken', value: 'a\ufffdb' } });
      assert.deepEqual(await host.enumerateAt(pool, 6), { ...ok, value: { key: 'after', value: 'it' } });
    },
  );

  await lab.check(`pool ${pool} can be emptied`, async () => {
    for (const key of await keysOf(lab, pool)) assert.deepEqual(await host.delete(pool, key), ok);
    assert.deepEqual(await host.enumerate(pool), { ...refused, records: [] });
    assert.equal((await stat(poolFile(pool))).size, 0);
  });
}

async function keysOf({ host }: Lab, pool: PoolNumber): Promise<string[]> {
  return (await host.enumerate(pool)).records.map(({ key }) => key);
}

import { execFileSync } from 'node:child_process';
import { appendFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { carriedLimits, checkLimits, storedLimits, TooLong } from '../../../src/pools/limits.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { readHealth } from '../../../src/pools/health.ts';
import { poolPaths } from '../../../src/pools/pools.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { contentsOf, makePlace, record, records, TextPool } from './support/open-pool.ts';

const sized = (key: number, value: number): { key: Buffer; value: Buffer } => ({
  key: Buffer.alloc(key, 'k'),
  value: Buffer.alloc(value, 'v'),
});

describe('what a program in the guest may write', () => {
  it.each([
    ['what the kernel carries to the host', undefined, 254, 1022],
    ['what a record stores, if asked for', storedLimits, 512, 2048],
  ])('is by default or on demand %s', (_, limits, key, value) => {
    checkLimits(sized(key, value), limits);
    expect(() => {
      checkLimits(sized(key + 1, value), limits);
    }).toThrow(new TooLong('key', key + 1, key));
    expect(() => {
      checkLimits(sized(key, value + 1), limits);
    }).toThrow(`the value has ${value + 1} bytes, and at most ${value} are allowed`);
  });

  it('is counted in bytes, not in characters', () => {
    expect(() => {
      checkLimits({ key: Buffer.from('é'.repeat(carriedLimits.key)), value: Buffer.alloc(0) });
    }).toThrow(TooLong);
  });

  it('fits the fields of a record', async () => {
    const place = makePlace();
    const { key, value } = sized(storedLimits.key, storedLimits.value);
    const pool = new TextPool(place.openGuest());
    await pool.set(key.toString(), value.toString());
    expect(contentsOf(place.path)).toEqual([`${key.toString()}=${value.toString()}`]);
    expect(await pool.get(key.toString())).toBe(value.toString());
  });
});

describe('the number of records in a pool', () => {
  const full = 20;

  it('is limited: a full pool takes no more, but all else', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(full));
    const pool = new TextPool(place.openGuest({ maxRecords: full }));
    const told = `EFBIG: it has ${full} records, and no more are allowed (max_records)`;
    await expect(pool.set('new', '1')).rejects.toThrow(told);
    await expect(pool.append('key0', '1')).rejects.toThrow(told);
    await expect(pool.replace(Array.from({ length: full + 1 }, (_, at) => `key${at}=1`))).rejects.toThrow('EFBIG');
    expect(contentsOf(place.path)).toHaveLength(full);
    await pool.set('key3', 'changed');
    expect(await pool.delete('key0')).toBe(true);
    await pool.set('new', '1');
    expect(await pool.all()).toHaveLength(full);
    expect(place.warnings).toEqual([]);
  });

  it('may be one more by a neighbour, and is served', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(full));
    const pool = new TextPool(place.openGuest({ maxRecords: full }));
    expect(await pool.get('key1')).toBe('value1');
    appendFileSync(place.path, record('theirs', '1'));
    expect(await pool.get('theirs')).toBe('1');
  });

  it.each([
    ['some more', (full + 2) * recordSize],
    ['6 GB', 6e9],
    ['100 GB', 100e9],
  ])('is too large for use in a file of %s, which is said, and stays as it is until it is shorter', async (_, size) => {
    const place = makePlace();
    writeFileSync(place.path, records(full));
    const pool = new TextPool(place.openGuest({ maxRecords: full }));
    expect(await pool.get('key1')).toBe('value1');
    truncateSync(place.path, size);
    for (const key of ['key1', 'key2']) expect(await pool.get(key)).toBeUndefined();
    expect(await pool.at(0)).toBeUndefined();
    const told = `it has more than ${full} records (max_records)`;
    expect(place.warnings).toEqual([`pool guest (${place.path}) treated as empty: ${told}`]);
    await expect(pool.set('key1', 'new')).rejects.toThrow(told);
    expect(await pool.delete('key1')).toBe(false);
    expect(statSync(place.path).size).toBe(size);
    expect(
      await readHealth(poolPaths(place, PoolNumber.guest), { lockTimeoutMs: 1000, maxRecords: full }),
    ).toMatchObject({
      state: 'unusable',
      damage: told,
    });
    const failing = new TextPool(place.openGuest({ maxRecords: full, unusable: 'fail' }));
    await expect(failing.get('key1')).rejects.toThrow(`EFBIG: ${told}`);
    await expect(failing.records()).rejects.toThrow(`EFBIG: ${told}`);
    truncateSync(place.path, full * recordSize);
    expect(await pool.get('key1')).toBe('value1');
    await pool.set('key1', 'new');
    expect(await pool.get('key1')).toBe('new');
  });
});

describe('a DELETE that moves many records', () => {
  const many = 20_000;

  /** With a DELETE of its first record under way. */
  async function deleting() {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(many));
    const pool = place.openGuest();
    const text = new TextPool(pool);
    expect(await text.get('key1')).toBe('value1');
    const removed = pool.delete(Buffer.from('key0'));
    expect(removed).toBeInstanceOf(Promise);
    return { place, pool, text, removed };
  }

  it('lets the event loop have its turns, and all others wait', async () => {
    const { place, pool, text, removed } = await deleting();
    let turns = 0;
    const count = setInterval(() => (turns += 1), 0);
    const order: string[] = [];
    const told = (name: string) => (): void => void order.push(name);
    const others = [
      text.get('key1').then((value) => order.push(`get ${value ?? ''}`)),
      text.set('new', '1').then(told('set')),
      text.at(0).then((first) => order.push(`first ${first ?? ''}`)),
    ];
    // Another program gets the lock when the file is whole again.
    expect(() => execFileSync('flock', ['-n', place.path, 'true'])).toThrow();
    expect(await removed).toBe(true);
    order.push('removed');
    await Promise.all(others);
    clearInterval(count);
    expect(turns).toBeGreaterThan(2);
    expect(order[0]).toBe('removed');
    expect(order.slice(1).sort()).toEqual(['first key1=value1', 'get value1', 'set']);
    expect(await pool.get(Buffer.from('key0'))).toBeUndefined();
    expect(contentsOf(place.path)).toEqual([
      ...Array.from({ length: many - 1 }, (_, at) => `key${at + 1}=value${at + 1}`),
      'new=1',
    ]);
    execFileSync('flock', ['-n', place.path, 'true']);
  });

  it('is cut off by the end of the pools, and finished by who opens them next', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(many));
    const pools = place.open();
    await pools.at(1).get(Buffer.from('key1'));
    const removed = pools.at(1).delete(Buffer.from('key0'));
    pools.close();
    await expect(removed).rejects.toThrow('ECANCELED');
    const later = new TextPool(place.openGuest());
    expect(await later.at(0)).toBe('key1=value1');
    expect(contentsOf(place.path)).toEqual(Array.from({ length: many - 1 }, (_, at) => `key${at + 1}=value${at + 1}`));
  });
});

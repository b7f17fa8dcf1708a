import { closeSync, ftruncateSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Disk, systemDisk } from '../../../src/pools/disk.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { makePlace, type Place, records, TextPool } from './support/open-pool.ts';

const small = 10;
const large = 10_000;
const veryLarge = 100_000;

/** Bytes and calls: what an operation costs on any machine. */
class CountingDisk implements Disk {
  cost = { reads: 0, bytesRead: 0, writes: 0, bytesWritten: 0, truncates: 0, syncs: 0 };

  open(...words: Parameters<Disk['open']>): number {
    return systemDisk.open(...words);
  }

  makeFolder(path: string, mode: number): string | undefined {
    return systemDisk.makeFolder(path, mode);
  }

  read(fd: number, into: Buffer, offset: number): number {
    this.cost.reads += 1;
    const count = systemDisk.read(fd, into, offset);
    this.cost.bytesRead += count;
    return count;
  }

  write(fd: number, bytes: Buffer, position: number | 'end'): number {
    this.cost.writes += 1;
    this.cost.bytesWritten += bytes.length;
    return systemDisk.write(fd, bytes, position);
  }

  truncate(fd: number, size: number): void {
    this.cost.truncates += 1;
    systemDisk.truncate(fd, size);
  }

  sync(fd: number): void {
    this.cost.syncs += 1;
    systemDisk.sync(fd);
  }

  syncFolder(): void {
    this.cost.syncs += 1;
  }

  take(): CountingDisk['cost'] {
    const { cost } = this;
    this.cost = { reads: 0, bytesRead: 0, writes: 0, bytesWritten: 0, truncates: 0, syncs: 0 };
    return cost;
  }
}

const operations: readonly (readonly [string, (pool: TextPool, count: number) => Promise<unknown>])[] = [
  ['GET', (pool, count) => pool.get(`key${count - 1}`)],
  ['GET of a key that is not there', (pool) => pool.get('absent')],
  ['ENUMERATE of one', (pool, count) => pool.at(count - 1)],
  ['ENUMERATE behind the last', (pool, count) => pool.at(count)],
  ['SET over a record', (pool, count) => pool.set(`key${count - 1}`, 'new')],
  ['SET of a new record', (pool) => pool.set('new', '1')],
  ['DELETE of the last', (pool) => pool.delete('new')],
];

describe('an operation costs the same at 10 and at 10,000 records', () => {
  it.each(operations)('%s', async (_, operation) => {
    const costs = [];
    for (const count of [small, large]) {
      const place = makePlace('/dev/shm');
      fill(place, count);
      const disk = new CountingDisk();
      const pool = new TextPool(place.openGuest({ disk, durability: 'disk' }));
      await pool.set('new', '0');
      if (operation === operations.find(([name]) => name === 'SET of a new record')?.[1]) await pool.delete('new');
      disk.take();
      await operation(pool, count);
      costs.push(disk.take());
    }
    expect(costs[1]).toEqual(costs[0]);
  });
});

it('a GET reads one record and no more', async () => {
  const place = makePlace('/dev/shm');
  fill(place, large);
  const disk = new CountingDisk();
  const pool = new TextPool(place.openGuest({ disk }));
  await pool.get('key1');
  disk.take();
  await pool.get('key2');
  expect(disk.take()).toMatchObject({ reads: 1, bytesRead: recordSize, writes: 0 });
});

it('a SET syncs twice, journal and pool, and writes one record', async () => {
  const place = makePlace('/dev/shm');
  fill(place, large);
  const disk = new CountingDisk();
  const pool = new TextPool(place.openGuest({ disk, durability: 'disk' }));
  await pool.set('key1', 'first');
  disk.take();
  await pool.set('key1', 'second');
  const { syncs, writes } = disk.take();
  expect({ syncs, writes }).toEqual({ syncs: 2, writes: 3 });
});

it('100,000 records are read once, take a processor their share of 10,000, and memory a fifth of the file', async () => {
  const first = await opening(large);
  const { microseconds, memory, bytesRead } = await opening(veryLarge);
  // All of them, and the one that is asked for.
  expect(bytesRead).toBe((veryLarge + 1) * recordSize);
  expect(memory).toBeLessThan((veryLarge * recordSize) / 5);
  expect(microseconds / first.microseconds).toBeLessThan((2 * veryLarge) / large);
});

/** What it takes to open so many records and to find the last. */
async function opening(count: number) {
  const place = makePlace('/dev/shm');
  fill(place, count);
  const disk = new CountingDisk();
  const before = process.memoryUsage().rss;
  // Not by the clock: other programs may have the processor.
  const start = process.cpuUsage();
  const pool = new TextPool(place.openGuest({ disk, maxRecords: count }));
  expect(await pool.get(`key${count - 1}`)).toBe(`value${count - 1}`);
  const { user, system } = process.cpuUsage(start);
  const memory = process.memoryUsage().rss - before;
  return { microseconds: user + system, memory, bytesRead: disk.take().bytesRead };
}

/** Records from `key0=value0` on, without having all of them in memory. */
function fill({ path }: Place, count: number): void {
  writeFileSync(path, '');
  const fd = openSync(path, 'r+');
  ftruncateSync(fd, count * recordSize);
  if (count <= large) writeSync(fd, records(count));
  else {
    for (let slot = 0; slot < count; slot += 1) {
      writeSync(fd, `key${slot}`, slot * recordSize);
      writeSync(fd, `value${slot}`, slot * recordSize + 512);
    }
  }
  closeSync(fd);
}

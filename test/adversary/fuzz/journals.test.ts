import { readFileSync, readlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { systemDisk } from '../../../src/pools/disk.ts';
import { makePlace, type Place, records, TextPool } from '../../unit/pools/support/open-pool.ts';
import { asked } from './support/asked.ts';

const sectorSize = 512;
/** Header and two images: more than any of the changes here takes. */
const usedSize = sectorSize + 2 * 2560;
/** Of a header: where the entry says that it is live, and the bytes behind it that mean nothing. */
const unchecked = 8;
const otherBytes = 255;
/** Into the value of a record. */
const cutAt = 2 * sectorSize;
/** Every byte, where there is time; of the header more than of the images behind it. */
const steps = asked.isLong ? { header: 1, images: 1 } : { header: 11, images: 997 };

const changes: Readonly<Record<string, (pool: TextPool) => Promise<unknown>>> = {
  'a SET of a record that is there': (pool) => pool.set('key1', 'n'.repeat(cutAt)),
  'a SET of a new record': (pool) => pool.set('new', 'value'),
  'a DELETE': (pool) => pool.delete('key1'),
};

interface Crash {
  readonly place: Place;
  readonly journalPath: string;
  /** The pool file as the crash has left it. */
  readonly half: Buffer;
  readonly journal: Buffer;
  /** As it is once the intact journal was applied. */
  readonly repaired: Buffer;
}

/** Makes a change that is cut off in the midst. */
async function crashIn(change: (pool: TextPool) => Promise<unknown>): Promise<Crash> {
  const place = makePlace();
  const { journalPath } = place;
  writeFileSync(place.path, records(3));
  let half: Buffer | undefined;
  let journal = Buffer.alloc(0);
  const write: typeof systemDisk.write = (fd, bytes, position) => {
    const isPool = readlinkSync(`/proc/self/fd/${fd}`) === place.path;
    if (half !== undefined || !isPool) return systemDisk.write(fd, bytes, position);
    journal = readFileSync(journalPath);
    const count = systemDisk.write(fd, bytes.subarray(0, cutAt), position);
    half = readFileSync(place.path);
    return count;
  };
  await change(new TextPool(place.openGuest({ disk: { ...systemDisk, write } })));
  const crash = { place, journalPath, half: half ?? Buffer.alloc(0), journal };
  return { ...crash, repaired: afterCrash(crash, journal) };
}

/** What the pool file becomes when it is opened beside a journal. */
function afterCrash({ place, journalPath, half }: Omit<Crash, 'repaired'>, journal: Buffer): Buffer {
  writeFileSync(place.path, half);
  truncateSync(journalPath);
  writeFileSync(journalPath, journal);
  place.warnings.length = 0;
  const pools = place.open();
  // At once, since nobody holds a lock.
  if (pools.at(1).records() instanceof Promise) throw new Error('the pool is locked');
  pools.close();
  return readFileSync(place.path);
}

/** Of the bytes of a journal that are used. */
function* positions(): Generator<number, void> {
  for (let at = 0; at < usedSize; at += at < sectorSize ? steps.header : steps.images) yield at;
}

/** How often a damage of the journal was told. */
function toldBy({ place }: Crash): number {
  return place.warnings.filter((text) => text.includes('has an incomplete entry')).length;
}

describe.each(Object.entries(changes))('the journal of %s that was cut off', (_, change) => {
  it(
    'is applied if it is whole; with any byte damaged it is told, once, and left out',
    async () => {
      const crash = await crashIn(change);
      expect(crash.repaired.equals(crash.half)).toBe(false);
      for (const at of positions()) {
        const damaged = Buffer.from(crash.journal);
        damaged[at] = (damaged[at] ?? 0) ^ (1 + (at % otherBytes));
        const found = afterCrash(crash, damaged);
        const isApplied = found.equals(crash.repaired);
        expect(isApplied || found.equals(crash.half), `byte ${at}`).toBe(true);
        // What is applied is as it was: the byte meant nothing.
        if (at >= unchecked) expect(toldBy(crash), `byte ${at}`).toBe(Number(!isApplied));
      }
    },
    Infinity,
  );

  it(
    'is told and left out wherever it was cut off',
    async () => {
      const crash = await crashIn(change);
      for (const length of positions()) {
        const found = afterCrash(crash, crash.journal.subarray(0, length));
        const isApplied = found.equals(crash.repaired);
        expect(isApplied || found.equals(crash.half), `${length} bytes`).toBe(true);
        expect(toldBy(crash), `${length} bytes`).toBe(isApplied || length === 0 ? 0 : 1);
      }
    },
    Infinity,
  );
});

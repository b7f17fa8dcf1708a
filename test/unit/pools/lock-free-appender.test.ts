import { appendFileSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { recordSize } from '../../../src/pools/record.ts';
import { FaultyDisk } from './support/faulty-disk.ts';
import { contentsOf, makePlace, type Place, record, records, TextPool } from './support/open-pool.ts';

const ragged = Buffer.from('half a rec');
const theirs = record('theirs', '1');

/** Does something once, before the n-th call that changes anything. */
function disturbAt(disk: FaultyDisk, call: number, disturb: () => void): void {
  disk.calls = 0;
  disk.fault = (_, proceed) => {
    if (disk.calls === call) disturb();
    return proceed();
  };
}

function withTail(place: Place): void {
  writeFileSync(place.path, Buffer.concat([records(2), ragged]));
  const old = new Date(Date.now() - 60_000);
  utimesSync(place.path, old, old);
}

describe('a neighbour that appends without a lock while a SET heals the tail', () => {
  it('finds its whole record, whatever call of ours before the truncation it falls before', async () => {
    // The fourth is the truncation itself.
    for (let call = 1; call <= 3; call += 1) {
      const place = makePlace('/dev/shm');
      const disk = new FaultyDisk();
      const pool = new TextPool(place.openGuest({ disk }));
      withTail(place);
      await pool.get('key0');
      disturbAt(disk, call, () => {
        appendFileSync(place.path, theirs);
      });
      await pool.set('new', '1');
      expect(contentsOf(place.path).toSorted()).toEqual(['key0=value0', 'key1=value1', 'new=1', 'theirs=1']);
      expect(await pool.all()).toEqual(contentsOf(place.path));
      expect(readFileSync(`${place.tailPath}-1`)).toEqual(ragged);
    }
  });

  it('finds a record whole that it writes in two parts', async () => {
    const place = makePlace('/dev/shm');
    const disk = new FaultyDisk();
    const pool = new TextPool(place.openGuest({ disk }));
    writeFileSync(place.path, Buffer.concat([records(2), theirs.subarray(0, 700)]));
    const written = pool.set('new', '1');
    appendFileSync(place.path, theirs.subarray(700));
    await written;
    expect(contentsOf(place.path)).toEqual(['key0=value0', 'key1=value1', 'theirs=1', 'new=1']);
  });
});

describe('a SET that falls between the two parts of a neighbour’s record', () => {
  it('is in the file as it was answered, and so is the neighbour’s', async () => {
    const place = makePlace('/dev/shm');
    const disk = new FaultyDisk();
    const pool = new TextPool(place.openGuest({ disk }));
    writeFileSync(place.path, records(2));
    await pool.set('key0', 'value0');
    disk.calls = 0;
    disk.fault = (kind, proceed, bytes) => {
      if (kind !== 'write' || bytes?.length !== recordSize || disk.calls > 2) return proceed();
      appendFileSync(place.path, theirs.subarray(0, 700));
      const count = proceed();
      appendFileSync(place.path, theirs.subarray(700));
      return count;
    };
    await pool.set('new', '1');
    expect(contentsOf(place.path)).toEqual(['key0=value0', 'key1=value1', 'theirs=1', 'new=1']);
    expect(await pool.all()).toEqual(contentsOf(place.path));
  });
});

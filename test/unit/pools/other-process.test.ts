import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Disk, systemDisk } from '../../../src/pools/disk.ts';
import { headerSize } from '../../../src/pools/journal-entry.ts';
import { moments, recovery } from './support/moments.ts';
import { type KilledSet, killDuringSet } from './support/other-process.ts';
import { contentsOf, makePlace, records, TextPool } from './support/open-pool.ts';
import { bootBefore, Recoverer, recordSession, restore } from './support/session-record.ts';

const sector = 512;
const cut: KilledSet = {
  slot: 3,
  text: ['key3', 'theirs;'.repeat(200)],
  bytesWritten: sector + sector,
  boot: bootBefore,
};

describe('a SET that is cut off after another process of ours', () => {
  it.each([1, 2, 3])('was killed before its change began, %i times, is finished all the same', async (times) => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const theirs = { slot: 5, text: ['key5', 'theirs'], bytesWritten: 0, boot: bootBefore } as const;
    const call = (pool: TextPool): Promise<void> => pool.set('key3', 'v'.repeat(2048));
    const session = await recordSession(place, 'memory', [call], () => {
      for (let time = 0; time < times; time += 1) expect(killDuringSet(place, theirs)).toBe(true);
    });
    const recovered = recovery(place, 'memory');
    for (const { files, allowed } of moments(session)) {
      restore(files);
      recovered();
      expect(allowed).toContainEqual(contentsOf(place.path));
    }
  });
});

describe('another process of ours that was killed', () => {
  it('during a SET is made up for by our next SET of another record, even if we had just set one', async () => {
    const { place, pool } = await warmPool();
    expect(killDuringSet(place, cut)).toBe(true);
    await pool.set('key5', 'new');
    expect(contentsOf(place.path).slice(0, 6)).toEqual([
      'key0=value0',
      'key1=value1',
      'key2=value2',
      `key3=${cut.text[1]}`,
      'key4=value4',
      'key5=new',
    ]);
  });

  it('between our look at the journal and our locks cannot leave us with half a record', async () => {
    const { place } = await warmPool();
    let isWatched = false;
    const disk: Disk = {
      ...systemDisk,
      read(fd, into, offset) {
        const count = systemDisk.read(fd, into, offset);
        if (isWatched && into.length === headerSize && offset > 0) {
          isWatched = false;
          killDuringSet(place, cut);
        }
        return count;
      },
    };
    const pool = new TextPool(place.openGuest({ disk, boot: bootBefore }));
    isWatched = true;
    const found = await pool.get('key3');
    expect(isWatched).toBe(false);
    expect(['value3', cut.text[1]]).toContain(found);
  });

  it('before its change began leaves nothing in the journal of a pool that we empty', async () => {
    const { place, pool } = await warmPool();
    killDuringSet(place, { ...cut, bytesWritten: 0 });
    await pool.clear();
    const recoverer = new Recoverer({ boot: bootBefore, durability: 'memory', place });
    expect(recoverer.isPending()).toBe(false);
    recoverer.close();
  });
});

it('a journal that was removed is made anew before the next change', async () => {
  const { place, pool } = await warmPool();
  rmSync(place.stateDirectory, { recursive: true });
  await pool.set('key1', 'new');
  expect(existsSync(place.journalPath)).toBe(true);
});

/** A pool that knows its file and its journal. */
async function warmPool() {
  const place = makePlace('/dev/shm');
  writeFileSync(place.path, records(7));
  const pool = new TextPool(place.openGuest({ boot: bootBefore }));
  await pool.set('warm-up', '');
  await pool.delete('warm-up');
  return { place, pool };
}

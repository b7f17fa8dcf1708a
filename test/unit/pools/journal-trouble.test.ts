import { spawnSync } from 'node:child_process';
import { constants, existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Disk, systemDisk } from '../../../src/pools/disk.ts';
import { contentsOf, makePlace, type Place, records, TextPool } from './support/open-pool.ts';

const oddities: Readonly<Record<string, (place: Place) => void>> = {
  'a folder': ({ journalPath }) => {
    mkdirSync(journalPath);
  },
  'a FIFO': ({ journalPath }) => {
    spawnSync('mkfifo', [journalPath]);
  },
  'a link': ({ journalPath, directory }) => {
    symlinkSync(join(directory, 'elsewhere'), journalPath);
  },
  ...(process.getuid?.() === 0 && {
    'a device': ({ journalPath }: Place) => {
      spawnSync('mknod', [journalPath, 'c', '1', '7']);
    },
  }),
};

describe('in the place of a journal', () => {
  for (const [name, put] of Object.entries(oddities)) {
    it(`${name} costs neither reads nor writes, and is told once`, async () => {
      const place = placeWithRecords();
      put(place);
      const pools = place.open();
      const pool = new TextPool(pools.at(1));
      expect(await pool.get('key1')).toBe('value1');
      await pool.set('key1', 'new');
      await pool.set('another', '1');
      expect(await pool.delete('key2')).toBe(true);
      expect(contentsOf(place.path)).toEqual(['key0=value0', 'key1=new', 'another=1']);
      expect(place.warnings).toEqual([expect.stringContaining('is changed without a journal')]);
      expect(pools.journalTrouble(1)).toContain('not a regular file');
      expect(existsSync(join(place.directory, 'elsewhere'))).toBe(false);
    });

    it(`${name} costs no read, and every write, where the journal is required`, async () => {
      const place = placeWithRecords();
      put(place);
      const pool = new TextPool(place.openGuest({ journal: 'required' }));
      expect(await pool.get('key1')).toBe('value1');
      await expect(pool.set('key1', 'new')).rejects.toThrow('not a regular file');
      expect(await pool.all()).toEqual(['key0=value0', 'key1=value1', 'key2=value2']);
    });
  }

  for (const [name, put] of Object.entries(oddities)) {
    it(`${name} that comes between the look and the opening is not used either, and never waited for`, async () => {
      const place = placeWithRecords();
      const pools = place.open({ disk: swapping(place, put) });
      const pool = new TextPool(pools.at(1));
      expect(await pool.get('key1')).toBe('value1');
      await pool.set('key1', 'new');
      expect(contentsOf(place.path)).toEqual(['key0=value0', 'key1=new', 'key2=value2']);
      expect(pools.journalTrouble(1)).toMatch(name === 'a link' ? 'ELOOP' : /not a regular file|EISDIR/);
      expect(existsSync(join(place.directory, 'elsewhere'))).toBe(false);
    });
  }

  it('a file that can be written again makes the journal be used again, which is told', async () => {
    const place = placeWithRecords();
    mkdirSync(place.journalPath);
    const pools = place.open();
    const pool = new TextPool(pools.at(1));
    await pool.set('key1', 'new');
    rmSync(place.journalPath, { recursive: true });
    await pool.set('key1', 'newer');
    expect(pools.journalTrouble(1)).toBe('');
    expect(place.warnings.at(-1)).toBe(`pool guest (${place.path}) is journaled again`);
  });
});

/** Somebody has something else in the journal's place whenever it is opened, and at no other time. */
function swapping(place: Place, put: (place: Place) => void): Disk {
  return {
    ...systemDisk,
    open(part, path, flags, mode) {
      if (part !== 'journal') return systemDisk.open(part, path, flags, mode);
      // Else a FIFO would keep the test for ever.
      if ((flags & constants.O_NONBLOCK) === 0) throw new Error('would wait for the other end');
      put(place);
      try {
        return systemDisk.open(part, path, flags, mode);
      } finally {
        rmSync(path, { recursive: true });
      }
    },
  };
}

function placeWithRecords(): Place {
  const place = makePlace();
  mkdirSync(place.stateDirectory);
  writeFileSync(place.path, records(3));
  return place;
}

import { spawnSync } from 'node:child_process';
import { appendFileSync, closeSync, openSync, renameSync, truncateSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { recordSize } from '../../../src/pools/record.ts';
import { FaultyDisk, systemFailure } from './support/faulty-disk.ts';
import { contentsOf, makePlace, type Place, record, records, TextPool } from './support/open-pool.ts';
import { mountNamespace, needs, ownMounts } from '../../support/needs.ts';

type Call = (pool: TextPool) => Promise<unknown>;

const count = 70;
const calls: Readonly<Record<string, Call>> = {
  'a SET over a record': (pool) => pool.set('key3', 'new'),
  'a SET of a new record': (pool) => pool.set('new', 'new'),
  'a DELETE of the last record': (pool) => pool.delete(`key${count - 1}`),
  'a DELETE of many steps': (pool) => pool.delete('key1'),
  'a replacement of all records': (pool) => pool.replace(['key1=new', 'key2=new']),
};

describe('a disk that fails at any call', () => {
  for (const [name, call] of Object.entries(calls)) {
    it.each(['EIO', 'ENOSPC'])(
      `${name} fails, the old content stays whole, and all works once the fault is gone (%s)`,
      async (code) => {
        const { place, disk, pool, reset } = await prepared('required');
        await call(pool);
        const after = contentsOf(place.path);
        const callsInAll = disk.calls;
        for (let failing = 1; failing < callsInAll; failing += 1) {
          const before = await reset();
          disk.fault = (_, proceed) => {
            if (disk.calls === failing) throw systemFailure(code);
            return proceed();
          };
          await expect(call(pool)).rejects.toThrow(`pool guest (${place.path}): ${code}: a fault of the test`);
          disk.fault = undefined;
          // A removal of several steps cannot be undone half-way; it is finished later, and until then nothing is missing.
          const left = contentsOf(place.path);
          if (name !== 'a DELETE of many steps') expect([before, after]).toContainEqual(left);
          expect(left).toEqual(expect.arrayContaining(before.filter((text) => after.includes(text))));
          await call(pool);
          expect(contentsOf(place.path)).toEqual(after);
          expect(await pool.all()).toEqual(after);
        }
      },
    );
  }

  it('a replacement by more records is whole, or leaves what was there', async () => {
    const { place, disk, pool, reset } = await prepared('required');
    const wanted = Array.from({ length: 2 * count }, (_, at) => `key${at}=new`);
    await pool.replace(wanted);
    const callsInAll = disk.calls;
    for (let failing = 1; failing < callsInAll; failing += 1) {
      const before = await reset();
      disk.fault = (_, proceed) => {
        if (disk.calls === failing) throw systemFailure('ENOSPC');
        return proceed();
      };
      // To fail to note in the journal that a change is made is no failure of the change.
      const outcome = await pool.replace(wanted).then(
        () => 'made',
        () => 'failed',
      );
      disk.fault = undefined;
      expect(contentsOf(place.path)).toEqual(outcome === 'made' ? wanted : before);
      expect(await pool.all()).toEqual(outcome === 'made' ? wanted : before);
    }
  });

  it('keeps failing: reading goes on, and so does writing once the fault is gone', async () => {
    const { disk, pool } = await prepared('required');
    disk.fault = () => {
      throw systemFailure('EIO');
    };
    for (const call of Object.values(calls)) await expect(call(pool)).rejects.toThrow('EIO');
    expect(await pool.get('key5')).toBe('value5');
    disk.fault = undefined;
    await pool.set('key5', 'new');
    expect(await pool.get('key5')).toBe('new');
    expect(await pool.all()).toHaveLength(count);
  });

  it('fails in the middle of a write: the record is as it was', async () => {
    const { place, disk, pool, reset } = await prepared();
    for (const call of [calls['a SET over a record'], calls['a SET of a new record']]) {
      for (let failing = 1; failing < 5; failing += 1) {
        const before = await reset();
        disk.fault = (kind, proceed, bytes) => {
          if (kind === 'write' && disk.calls === failing) return proceed(bytes?.subarray(0, 700));
          if (disk.calls === failing + 1) throw systemFailure('EIO');
          return proceed();
        };
        await call?.(pool).catch(() => undefined);
        disk.fault = undefined;
        expect(
          contentsOf(place.path)
            .slice(0, count)
            .map((text) => text.replace('=new', '=value3')),
        ).toEqual(before);
      }
    }
  });
});

describe('a disk that does only a part', () => {
  it('writes a few bytes at a time', async () => {
    await sameAsWithoutFault((_, proceed, bytes) => proceed(bytes?.subarray(0, 700)));
  });

  it('is interrupted at every second call', async () => {
    let interrupted = false;
    await sameAsWithoutFault((_, proceed) => {
      interrupted = !interrupted;
      if (interrupted) throw systemFailure('EINTR');
      return proceed();
    });
  });
});

describe('a neighbour that truncates between any two of our calls', () => {
  for (const [name, call] of Object.entries(calls)) {
    it(`during ${name} leaves no garbage, and an answered SET stays`, async () => {
      const { place, disk, pool, reset } = await prepared();
      await call(pool);
      const callsInAll = disk.calls;
      for (let at = 1; at <= callsInAll; at += 1) {
        await reset();
        disk.fault = (_, proceed) => {
          if (disk.calls === at) truncateSync(place.path);
          return proceed();
        };
        await call(pool);
        disk.fault = undefined;
        const left = contentsOf(place.path);
        expect(left).not.toContain('=');
        if (name.startsWith('a SET')) expect(left).toEqual([name === 'a SET over a record' ? 'key3=new' : 'new=new']);
        expect(await pool.all()).toEqual(left);
      }
    });
  }
});

describe('a neighbour that puts another file in the place between any two of our calls', () => {
  it.each(['a SET over a record', 'a SET of a new record'])('finds in it what %s was answered for', async (name) => {
    const { place, disk, pool, reset } = await prepared();
    await calls[name]?.(pool);
    const callsInAll = disk.calls;
    for (let at = 1; at <= callsInAll; at += 1) {
      await reset();
      disk.fault = (_, proceed) => {
        if (disk.calls === at) {
          writeFileSync(`${place.path}.new`, records(count));
          renameSync(`${place.path}.new`, place.path);
        }
        return proceed();
      };
      await calls[name]?.(pool);
      disk.fault = undefined;
      expect(contentsOf(place.path)).toContain(name === 'a SET over a record' ? 'key3=new' : 'new=new');
    }
  });
});

describe('a neighbour that writes another key over a record, without a lock and between any two of our calls', () => {
  it('does not see it overwritten by a SET of the former key', async () => {
    const { place, disk, pool, reset } = await prepared();
    await pool.set('key3', 'new');
    const callsInAll = disk.calls;
    for (let at = 1; at <= callsInAll; at += 1) {
      await reset();
      disk.fault = (_, proceed) => {
        if (disk.calls === at) overwrite(place.path, 5, record('theirs', '1'));
        return proceed();
      };
      await pool.set('key3', 'new');
      disk.fault = undefined;
      await pool.set('key5', 'ours');
      expect(contentsOf(place.path)).toEqual(expect.arrayContaining(['theirs=1', 'key5=ours']));
    }
  });
});

describe('a neighbour that appends without a lock between any two of our calls', () => {
  it.each(['a SET over a record', 'a SET of a new record'])('during %s finds its record whole', async (name) => {
    const { place, disk, pool, reset } = await prepared();
    await calls[name]?.(pool);
    const callsInAll = disk.calls;
    for (let at = 1; at <= callsInAll; at += 1) {
      await reset();
      disk.fault = (_, proceed) => {
        if (disk.calls === at) appendFileSync(place.path, record('theirs', '1'));
        return proceed();
      };
      await calls[name]?.(pool);
      disk.fault = undefined;
      expect(contentsOf(place.path)).toContain('theirs=1');
      expect(contentsOf(place.path)).toContain(name === 'a SET over a record' ? 'key3=new' : 'new=new');
      expect(await pool.get('theirs')).toBe('1');
    }
  });
});

describe('a file system', () => {
  const program = fileURLToPath(new URL('programs/broken-file-system.mjs', import.meta.url));

  it.each(['full', 'read-only'])('that is %s costs the change and nothing else', (kind) => {
    const place = makePlace();
    needs(ownMounts);
    const words = [...mountNamespace(), process.execPath, program, kind, place.directory];
    const { status, stderr } = spawnSync('unshare', words, { encoding: 'utf8' });
    expect(`${status} ${stderr}`).toBe('0 ');
  });

  it('can be made read-only while pools are open, once they have not been written to for a while', () => {
    const place = makePlace();
    needs(ownMounts);
    const words = [...mountNamespace(), process.execPath, program, 'idle', place.directory];
    const { status, stderr } = spawnSync('unshare', words, { encoding: 'utf8', timeout: 60_000 });
    expect(`${status} ${stderr}`).toBe('0 ');
  });

  it('with inode numbers from 2^63 on, as overlayfs has them, costs nothing', () => {
    needs(ownMounts);
    const place = makePlace();
    const words = [...mountNamespace(), process.execPath, program, 'overlay', place.directory];
    const { status, stderr } = spawnSync('unshare', words, { encoding: 'utf8' });
    expect(`${status} ${stderr}`).toBe('0 ');
  });
});

function overwrite(path: string, slot: number, bytes: Buffer): void {
  const fd = openSync(path, 'r+');
  writeSync(fd, bytes, 0, bytes.length, slot * recordSize);
  closeSync(fd);
}

interface Prepared {
  readonly place: Place;
  readonly disk: FaultyDisk;
  readonly pool: TextPool;
  readonly reset: () => Promise<string[]>;
}

async function prepared(journal: 'required' | 'when-possible' = 'when-possible'): Promise<Prepared> {
  const place = makePlace('/dev/shm');
  const disk = new FaultyDisk();
  const pool = new TextPool(place.openGuest({ disk, durability: 'disk', journal }));
  const reset = async (): Promise<string[]> => {
    writeFileSync(place.path, records(count));
    // Takes the file as it is for known, and makes the journal if there is none.
    await pool.set('key0', 'value0');
    disk.calls = 0;
    return contentsOf(place.path);
  };
  await reset();
  return { place, disk, pool, reset };
}

async function sameAsWithoutFault(fault: FaultyDisk['fault']): Promise<void> {
  const sound = await prepared();
  const faulty = await prepared();
  faulty.disk.fault = fault;
  for (const call of Object.values(calls)) {
    await call(sound.pool);
    await call(faulty.pool);
    expect(contentsOf(faulty.place.path)).toEqual(contentsOf(sound.place.path));
  }
}

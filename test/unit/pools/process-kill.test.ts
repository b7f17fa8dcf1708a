import {
  appendFileSync,
  closeSync,
  openSync,
  readFileSync,
  statSync,
  truncateSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { describe, expect, it } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { moments, recovery } from './support/moments.ts';
import { contentsOf, makePlace, type Place, record, records, TextPool, textsOf } from './support/open-pool.ts';
import type { DiskOperation } from './support/recording-disk.ts';
import {
  bootAfter,
  bootBefore,
  Recoverer,
  recordSession,
  restore,
  type SessionRecord,
} from './support/session-record.ts';

type Call = (pool: TextPool) => Promise<unknown>;
type Contents = readonly string[];

const sectorSize = 512;

const calls: Readonly<Record<string, Call>> = {
  'a SET over a record': (pool) => pool.set('key3', 'v'.repeat(2048)),
  'a SET of a new record': (pool) => pool.set('new', 'v'.repeat(2048)),
  'an append of a key that is there': (pool) => pool.append('key3', 'v'.repeat(2048)),
  'a clear': (pool) => pool.clear(),
  'a DELETE of the first record': (pool) => pool.delete('key0'),
  'a DELETE in the middle': (pool) => pool.delete('key3'),
  'a DELETE of the last record': (pool) => pool.delete('key6'),
};

/** What another program does after our end and before the recovery, and what must become of the contents. */
interface Neighbour {
  readonly does: string;
  readonly act: (path: string) => void;
  readonly then: (contents: Contents) => Contents;
}

const neighbours: readonly Neighbour[] = [
  { does: 'nobody has come', act: () => undefined, then: (contents) => contents },
  {
    does: 'a neighbour has appended',
    act: (path) => {
      appendFileSync(path, Buffer.concat([record('theirs', '1'), record('theirs', '2')]));
    },
    then: (contents) => [...contents, 'theirs=1', 'theirs=2'],
  },
  {
    does: 'a neighbour has truncated the file',
    act: (path) => {
      truncateSync(path);
    },
    then: () => [],
  },
  {
    does: 'a neighbour has truncated the file and begun anew',
    act: (path) => {
      writeFileSync(path, record('theirs', '1'));
    },
    then: () => ['theirs=1'],
  },
  {
    does: 'a neighbour has updated a record',
    act: (path) => {
      update(path, 'key5', 'theirs');
    },
    then: (contents) => contents.map((text) => (text.startsWith('key5=') ? 'key5=theirs' : text)),
  },
];

describe('killed at any moment of', () => {
  for (const [name, call] of Object.entries(calls)) {
    for (const { does, act, then } of neighbours) {
      it(`${name}, the pool is whole again once recovered, when ${does}`, async () => {
        const place = makePlace('/dev/shm');
        writeFileSync(place.path, records(7));
        const session = await recordSession(place, 'memory', [call]);
        const recovered = recovery(place, 'memory');
        for (const { files, allowed } of moments(session)) {
          restore(files);
          const found = contentsOf(place.path);
          act(place.path);
          recovered();
          expect(allowed.map(then), `found ${found.join(' ')}`).toContainEqual(contentsOf(place.path));
        }
      });
    }
  }

  it('a DELETE of many steps, the pool is whole again once recovered, when a neighbour has appended', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(140));
    const session = await recordSession(place, 'memory', [(pool) => pool.delete('key2')]);
    const recovered = recovery(place, 'memory');
    for (const { files, allowed } of moments(session, sectorSize * 37)) {
      restore(files);
      appendFileSync(place.path, record('theirs', '1'));
      recovered();
      expect(allowed.map((contents) => [...contents, 'theirs=1'])).toContainEqual(contentsOf(place.path));
    }
  });

  it('its own recovery, the pool is whole again once recovered', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const session = await recordSession(place, 'memory', [(pool) => pool.set('new', 'v'.repeat(2048))]);
    for (const { files, allowed } of moments(session)) {
      restore(files);
      appendFileSync(place.path, Buffer.concat([record('theirs', '1'), record('theirs', '2')]));
      const found = new Map([...files.keys()].map((path) => [path, readFileSync(path)]));
      const operations = recovery(place, 'memory')();
      const recovered = recovery(place, 'memory');
      for (const again of moments({ ...session, before: found, crashPoints: prefixes(operations) })) {
        restore(again.files);
        recovered();
        expect(allowed.map((contents) => [...contents, 'theirs=1', 'theirs=2'])).toContainEqual(contentsOf(place.path));
      }
    }
  });
});

describe('bytes of a neighbour win over the recovery', () => {
  it('where it has written over the record that we had not finished', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const session = await recordSession(place, 'memory', [(pool) => pool.set('key3', 'ours')]);
    const recovered = recovery(place, 'memory');
    for (const { files } of moments(session)) {
      restore(files);
      update(place.path, 'key3', 'theirs');
      recovered();
      expect(contentsOf(place.path)[3]).toBe('key3=theirs');
    }
  });

  it('where it has appended what we had deleted', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const session = await recordSession(place, 'memory', [(pool) => pool.delete('key6')]);
    const { files } = moments(session).find(({ files: each }) => each.get(place.path)?.length === 6 * recordSize) ?? {};
    restore(files ?? new Map());
    appendFileSync(place.path, record('key6', 'theirs'));
    recovery(place, 'memory')();
    expect(contentsOf(place.path).at(-1)).toBe('key6=theirs');
  });
});

describe('a recovery', () => {
  it('leaves the time of modification as it found it, by which cloud-init tells stale pools', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const session = await recordSession(place, 'memory', [(pool) => pool.delete('key3')]);
    const old = new Date('2020-01-01T00:00:00Z');
    const recovered = recovery(place, 'memory');
    for (const { files } of moments(session)) {
      restore(files);
      utimesSync(place.path, old, old);
      recovered();
      expect(statSync(place.path).mtime).toEqual(old);
    }
  });

  it('trusts no entry of an earlier run of the system that was never synced', async () => {
    const place = makePlace('/dev/shm');
    writeFileSync(place.path, records(7));
    const session = await recordSession(place, 'memory', [(pool) => pool.delete('key5')]);
    const { files } = moments(session).find(({ files: each }) => each.get(place.path)?.length === 6 * recordSize) ?? {};
    restore(files ?? new Map());
    // The power failed much later, and what happened until then reached the pool file, but not the journal.
    appendFileSync(place.path, record('key6', 'value6'));
    const recoverer = new Recoverer({ boot: bootAfter, durability: 'memory', place });
    recoverer.recover();
    recoverer.close();
    expect(contentsOf(place.path).slice(-2)).toEqual(['key6=value6', 'key6=value6']);
  });

  it('happens when it is asked for, is told, and happens once', async () => {
    const place = await cutRemoval();
    place.warnings.length = 0;
    await place.open({ boot: bootBefore }).recover(failed);
    expect(contentsOf(place.path)).toHaveLength(6);
    await place.open({ boot: bootBefore }).recover(failed);
    expect(place.warnings).toEqual([`pool guest (${place.path}): finished a change interrupted by a crash`]);
  });

  it('is left to others by who only reads, and the read sees the file as it is', async () => {
    const place = await cutRemoval();
    place.warnings.length = 0;
    const before = readFileSync(place.path);
    const pool = new TextPool(place.openGuest({ boot: bootBefore, unfinished: 'leave' }));
    expect(await pool.all()).toEqual(textsOf(before));
    expect(readFileSync(place.path)).toEqual(before);
    expect(place.warnings).toEqual([
      `pool guest (${place.path}): a change was interrupted by a crash; hvkvp recover finishes it`,
    ]);
  });

  it('is made up for by the next call if the file is locked when the pools are opened', async () => {
    const place = await cutRemoval();
    const fd = openSync(place.path, 'r+');
    expect(native.tryLock(fd, 'exclusive')).toBe(true);
    const pool = new TextPool(place.openGuest({ boot: bootBefore }));
    const all = pool.all();
    native.unlock(fd);
    closeSync(fd);
    expect(await all).toHaveLength(6);
  });
});

function failed(error: Error): void {
  throw error;
}

function prefixes(operations: readonly DiskOperation[]): SessionRecord['crashPoints'] {
  return operations.map((_, index) => ({ operations: operations.slice(0, index + 1), allowed: [] }));
}

/** As the stock daemon does it: the first record of the key is replaced whole. */
function update(path: string, key: string, value: string): void {
  const slot = textsOf(readFileSync(path)).findIndex((text) => text.startsWith(`${key}=`));
  if (slot < 0) return;
  const fd = openSync(path, 'r+');
  writeSync(fd, record(key, value), 0, recordSize, slot * recordSize);
  closeSync(fd);
}

/** A place where a DELETE was cut off after it had taken a record away. */
async function cutRemoval(): Promise<Place> {
  const place = makePlace('/dev/shm');
  writeFileSync(place.path, records(7));
  const session = await recordSession(place, 'memory', [(pool) => pool.delete('key3')]);
  const cut = moments(session).find(({ files }) => new Set(textsOf(files.get(place.path) ?? Buffer.alloc(0))).size < 7);
  restore(cut?.files ?? new Map());
  return place;
}

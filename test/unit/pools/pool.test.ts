import {
  appendFileSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { native } from '../../../src/device/native.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { contentsOf, makePlace, record, records, TextPool } from './support/open-pool.ts';

describe('a pool', () => {
  it('is empty while there is no file', async () => {
    const pool = new TextPool(makePlace().openGuest());
    expect(await pool.get('key')).toBeUndefined();
    expect(await pool.at(0)).toBeUndefined();
    expect(await pool.delete('key')).toBe(false);
  });

  it('creates its file at the first SET', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest({ fileMode: 0o600 }));
    await pool.set('key', 'value');
    expect(contentsOf(place.path)).toEqual(['key=value']);
    expect(statSync(place.path).mode & 0o777).toBe(0o600);
  });

  it('answers without waiting when nobody holds a lock', () => {
    const pool = makePlace().openGuest();
    const key = Buffer.from('key');
    expect(pool.set(key, Buffer.from('value'))).toBeUndefined();
    expect(pool.get(key)).toEqual(Buffer.from('value'));
    expect(pool.at(0)).toEqual({ key, value: Buffer.from('value') });
    expect(pool.delete(key)).toBe(true);
  });

  it('keeps the order of insertion, updates in place and closes gaps', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    for (const key of ['a', 'b', 'c', 'd']) await pool.set(key, key);
    await pool.set('b', 'new');
    await pool.delete('c');
    expect(await pool.all()).toEqual(['a=a', 'b=new', 'd=d']);
    expect(contentsOf(place.path)).toEqual(await pool.all());
  });

  it('appends a record whose key is there, and tells all of them at once', async () => {
    const pool = new TextPool(makePlace().openGuest());
    await pool.append('a', '1');
    await pool.append('a', '2');
    await pool.set('a', 'first');
    expect(await pool.records()).toEqual(['a=first', 'a=2']);
    expect(await pool.get('a')).toBe('first');
  });

  it('is emptied in its place, and filled again', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(3));
    const { ino } = statSync(place.path);
    const pool = new TextPool(place.openGuest());
    expect(await pool.clear()).toBe(true);
    expect(await pool.records()).toEqual([]);
    await pool.set('key1', 'new');
    expect(await pool.records()).toEqual(['key1=new']);
    expect(statSync(place.path).ino).toBe(ino);
  });

  it('is not created to be emptied', async () => {
    const place = makePlace();
    expect(await new TextPool(place.openGuest()).clear()).toBe(false);
    expect(existsSync(place.path)).toBe(false);
  });

  it('is emptied only if nobody has changed it since a time, judged when the lock is there', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(3));
    utimesSync(place.path, 1, 1);
    const pool = new TextPool(place.openGuest());
    expect(await pool.records()).toHaveLength(3);
    const fd = openSync(place.path, 'r+');
    native.tryLock(fd, 'exclusive');
    const cleared = pool.clear(2000);
    appendFileSync(place.path, record('theirs', '1'));
    native.unlock(fd);
    closeSync(fd);
    expect(await cleared).toBe(false);
    expect(await pool.records()).toHaveLength(4);
    utimesSync(place.path, 1, 1);
    expect(await pool.clear(2000)).toBe(true);
  });

  it('behaves as a list of records does, whatever is done to it', async () => {
    const key = fc.constantFrom('a', 'b', 'c', 'd');
    const value = fc.string({ maxLength: 8 }).filter((text) => !text.includes('\0'));
    const step = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key, value }),
      fc.record({ kind: fc.constant('delete' as const), key }),
      fc.record({ kind: fc.constant('neighbour appends' as const), key, value }),
    );
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        writeFileSync(place.path, '');
        const model: { key: string; value: string }[] = [];
        for (const each of steps) {
          const index = model.findIndex(({ key: known }) => known === each.key);
          if (each.kind === 'delete') {
            expect(await pool.delete(each.key)).toBe(index >= 0);
            if (index >= 0) model.splice(index, 1);
          } else if (each.kind === 'set') {
            await pool.set(each.key, each.value);
            model.splice(index < 0 ? model.length : index, 1, { key: each.key, value: each.value });
          } else {
            appendFileSync(place.path, record(each.key, each.value));
            model.push({ key: each.key, value: each.value });
          }
          for (const one of ['a', 'b', 'c', 'd']) {
            expect(await pool.get(one)).toBe(model.find(({ key: known }) => known === one)?.value);
          }
        }
        expect(await pool.all()).toEqual(model.map((each) => `${each.key}=${each.value}`));
      }),
      { numRuns: 50 },
    );
  });

  it('removes from a file of many steps what it was asked to, and nothing else', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(500));
    const pool = new TextPool(place.openGuest());
    for (const index of [0, 499, 250, 1, 65]) await pool.delete(`key${index}`);
    const left = Array.from({ length: 500 }, (_, index) => index).filter(
      (index) => ![0, 499, 250, 1, 65].includes(index),
    );
    expect(contentsOf(place.path)).toEqual(left.map((index) => `key${index}=value${index}`));
    expect(await pool.get('key498')).toBe('value498');
  });
});

describe('duplicates', () => {
  const texts = ['other=0', 'same=1', 'same=2', 'same=3'];

  it('are all enumerated, and the first is the one that GET, SET and DELETE mean', async () => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat(texts.map((text) => record(...(text.split('=') as [string, string])))));
    const pool = new TextPool(place.openGuest());
    expect(await pool.all()).toEqual(texts);
    expect(await pool.get('same')).toBe('1');
    await pool.set('same', 'new');
    expect(await pool.all()).toEqual(['other=0', 'same=new', 'same=2', 'same=3']);
    expect(await pool.delete('same')).toBe(true);
    expect(await pool.get('same')).toBe('2');
    expect(contentsOf(place.path)).toEqual(['other=0', 'same=2', 'same=3']);
  });
});

describe('changes by neighbours are seen at the next operation', () => {
  it('an append', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('ours', '1');
    appendFileSync(place.path, record('theirs', '2'));
    expect(await pool.get('theirs')).toBe('2');
    expect(await pool.at(1)).toBe('theirs=2');
  });

  it('an append between two of our SETs, which is not overwritten', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    for (let count = 0; count < 50; count += 1) {
      await pool.set(`ours${count}`, '');
      appendFileSync(place.path, record(`theirs${count}`, ''));
    }
    expect(contentsOf(place.path)).toHaveLength(100);
  });

  it('a truncation', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(10));
    const pool = new TextPool(place.openGuest());
    expect(await pool.get('key5')).toBe('value5');
    truncateSync(place.path);
    expect(await pool.get('key5')).toBeUndefined();
    await pool.set('key7', 'new');
    expect(contentsOf(place.path)).toEqual(['key7=new']);
  });

  it('a removal', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('key', 'value');
    unlinkSync(place.path);
    expect(await pool.get('key')).toBeUndefined();
    await pool.set('key', 'again');
    expect(contentsOf(place.path)).toEqual(['key=again']);
  });

  it('a replacement by another file', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('key', 'value');
    writeFileSync(`${place.path}.new`, records(3));
    renameSync(`${place.path}.new`, place.path);
    expect(await pool.get('key')).toBeUndefined();
    expect(await pool.get('key2')).toBe('value2');
    await pool.set('key2', 'new');
    expect(contentsOf(place.path)).toEqual(['key0=value0', 'key1=value1', 'key2=new']);
  });

  it('a rewrite of the same size within the same clock tick, even with its time set back', async () => {
    const place = makePlace();
    writeFileSync(place.path, record('key', '0'));
    const pool = new TextPool(place.openGuest());
    const { atime, mtime } = statSync(place.path);
    for (let round = 1; round <= 2000; round += 1) {
      writeFileSync(place.path, record(`key${round}`, `${round}`), { flag: 'r+' });
      utimesSync(place.path, atime, mtime);
      expect(await pool.get(`key${round}`)).toBe(`${round}`);
    }
  });
});

describe('at start', () => {
  it('nothing is created and nothing is touched', async () => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat([records(3), Buffer.from('ragged')]), { mode: 0o640 });
    const old = new Date('2020-01-01T00:00:00Z');
    utimesSync(place.path, old, old);
    const before = statSync(place.path);
    const pool = new TextPool(place.openGuest());
    await pool.get('key1');
    await pool.all();
    const after = statSync(place.path);
    expect([after.mode, after.mtimeMs, after.ctimeMs, after.ino]).toEqual([
      before.mode,
      before.mtimeMs,
      before.ctimeMs,
      before.ino,
    ]);
    expect(readFileSync(place.path)).toEqual(Buffer.concat([records(3), Buffer.from('ragged')]));
    expect(statSync(place.stateDirectory, { throwIfNoEntry: false })).toBeUndefined();
  });
});

describe('in place', () => {
  it('inode, mode and size in whole records stay, whatever is written', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(10), { mode: 0o600 });
    const { ino, mode } = statSync(place.path);
    const pool = new TextPool(place.openGuest());
    await pool.set('key3', 'new');
    await pool.set('another', 'one');
    await pool.delete('key0');
    const after = statSync(place.path);
    expect([after.ino, after.mode, after.size]).toEqual([ino, mode, 10 * recordSize]);
  });
});

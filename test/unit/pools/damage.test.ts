import { execFileSync } from 'node:child_process';
import { chmodSync, lstatSync, mkdirSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Disk, systemDisk } from '../../../src/pools/disk.ts';
import { recordSize } from '../../../src/pools/record.ts';
import { ownIdentity } from '../../../src/process/identity.ts';
import { contentsOf, makePlace, record, records, TextPool } from './support/open-pool.ts';

const nobody = 65_534;
const ragged = Buffer.from('half a rec');

describe('a ragged tail', () => {
  it('is ignored by readers and told once, with the name of the file', async () => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat([records(2), ragged]));
    const pool = new TextPool(place.openGuest());
    expect(await pool.all()).toEqual(['key0=value0', 'key1=value1']);
    writeFileSync(place.path, Buffer.concat([records(2), ragged]));
    expect(await pool.get('key1')).toBe('value1');
    expect(place.warnings).toEqual([
      `pool guest (${place.path}) is damaged: ${ragged.length} bytes at its end that are not a complete record`,
    ]);
  });

  it.each(['SET', 'DELETE'])('is saved before a %s heals it', async (operation) => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat([records(2), ragged]));
    const pool = new TextPool(place.openGuest());
    if (operation === 'SET') await pool.set('new', '1');
    else await pool.delete('key0');
    expect(contentsOf(place.path)).toEqual(
      operation === 'SET' ? ['key0=value0', 'key1=value1', 'new=1'] : ['key1=value1'],
    );
    expect(readFileSync(`${place.tailPath}-1`)).toEqual(ragged);
  });

  it('is not touched by a DELETE of a key that is not there', async () => {
    const place = makePlace();
    const bytes = Buffer.concat([records(2), ragged]);
    writeFileSync(place.path, bytes);
    expect(await new TextPool(place.openGuest()).delete('absent')).toBe(false);
    expect(readFileSync(place.path)).toEqual(bytes);
  });

  it('is left where it is once a hundred were saved, and what to do is said', async () => {
    const place = makePlace();
    let opens = 0;
    const disk: Disk = {
      ...systemDisk,
      open(...words) {
        opens += 1;
        return systemDisk.open(...words);
      },
    };
    const pool = new TextPool(place.openGuest({ disk }));
    for (let round = 1; round <= 101; round += 1) {
      writeFileSync(place.path, Buffer.concat([records(1), Buffer.from('tail')]));
      // Older than a record that is being written in two parts.
      utimesSync(place.path, 1, 1);
      opens = 0;
      const set = pool.set('new', '1');
      if (round <= 100) await set;
      else {
        await expect(set).rejects.toThrow(
          `EDQUOT: 100 tails of it are saved already; inspect and remove ${place.tailPath}-*`,
        );
      }
      expect(opens).toBeLessThan(110);
    }
    expect(readFileSync(place.path, 'utf8')).toMatch(/tail$/);
    expect(await pool.get('key0')).toBe('value0');
    rmSync(`${place.tailPath}-7`);
    await pool.set('new', '1');
    expect(contentsOf(place.path)).toEqual(['key0=value0', 'new=1']);
  });

  it('never overwrites a tail that was saved before', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    for (const [round, text] of ['one', 'two'].entries()) {
      writeFileSync(place.path, Buffer.concat([records(1), Buffer.from(text)]));
      await pool.set('new', '1');
      expect(readFileSync(`${place.tailPath}-${round + 1}`, 'utf8')).toBe(text);
    }
  });
});

describe('records of careless neighbours', () => {
  it('are served up to the NUL, garbage behind it notwithstanding', async () => {
    const place = makePlace();
    const bytes = record('key', 'value');
    bytes.write('garbage', 'key'.length + 1);
    bytes.write('garbage', 512 + 'value'.length + 1);
    writeFileSync(place.path, bytes);
    const pool = new TextPool(place.openGuest());
    expect(await pool.at(0)).toBe('key=value');
    expect(await pool.get('key')).toBe('value');
  });

  it('are served whole without a terminator, and told once', async () => {
    const place = makePlace();
    writeFileSync(place.path, Buffer.concat([record('k'.repeat(512), 'v'.repeat(2048)), record('next', '1')]));
    const pool = new TextPool(place.openGuest());
    expect(await pool.all()).toEqual([`${'k'.repeat(512)}=${'v'.repeat(2048)}`, 'next=1']);
    expect(place.warnings).toEqual([`pool guest (${place.path}) is damaged: 2 fields without a terminator`]);
  });

  it('are found by their bytes if they are not UTF-8', () => {
    const place = makePlace();
    const key = Buffer.of(0xff, 0xfe);
    const bytes = record('', 'value');
    key.copy(bytes);
    writeFileSync(place.path, bytes);
    const pool = place.openGuest();
    expect(pool.get(key)).toEqual(Buffer.from('value'));
    expect(pool.get(Buffer.of(0xfe, 0xff))).toBeUndefined();
    expect(place.warnings).toEqual([`pool guest (${place.path}) is damaged: 1 fields that are not UTF-8`]);
  });
});

describe('a path that is no pool file', () => {
  const makers: readonly (readonly [string, string, (path: string) => void])[] = [
    [
      'a folder',
      'it is not a regular file',
      (path) => {
        mkdirSync(path);
      },
    ],
    ['a FIFO', 'it is not a regular file', (path) => execFileSync('mkfifo', [path])],
    ['a link to a pool file', 'it is a symbolic link', linkToRecords],
    [
      'a link to nothing',
      'it is a symbolic link',
      (path) => {
        symlinkSync('nowhere', path);
      },
    ],
  ];

  it.each(makers)('%s is read as empty, reported once, and is not written to', async (_, reason, make) => {
    const place = makePlace();
    make(place.path);
    const pool = new TextPool(place.openGuest());
    expect(await pool.get('key0')).toBeUndefined();
    expect(await pool.at(0)).toBeUndefined();
    expect(await pool.delete('key0')).toBe(false);
    expect(place.warnings).toEqual([`pool guest (${place.path}) treated as empty: ${reason}`]);
    await expect(pool.set('key', 'value')).rejects.toThrow(
      `cannot set a record of pool guest (${place.path}): EINVAL: ${reason}`,
    );
    expect(lstatSync(place.path).isFile()).toBe(false);
  });

  function linkToRecords(path: string): void {
    writeFileSync(`${path}.target`, records(2));
    symlinkSync(`${path}.target`, path);
  }

  it('serves the pool file that comes in its place', async () => {
    const place = makePlace();
    symlinkSync('nowhere', place.path);
    const pool = new TextPool(place.openGuest());
    expect(await pool.get('key0')).toBeUndefined();
    execFileSync('rm', [place.path]);
    writeFileSync(place.path, records(1));
    expect(await pool.get('key0')).toBe('value0');
  });
});

describe('bugs of the stock daemon', () => {
  it('ENUMERATE with an index of 2³¹ or more neither crashes nor returns stray memory', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(3));
    const pool = new TextPool(place.openGuest());
    for (const index of [3, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) expect(await pool.at(index)).toBeUndefined();
  });

  it('a shorter value written over a longer one leaves nothing of the old one', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('key', 'a long value');
    await pool.set('key', 'short');
    expect(readFileSync(place.path)).toEqual(record('key', 'short'));
  });

  it('bytes after the NUL are neither stored nor returned', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('key\0rest', 'value\0rest');
    expect(readFileSync(place.path)).toEqual(record('key', 'value'));
    expect(await pool.get('key')).toBe('value');
  });

  it('a SET without a value stores zeros', async () => {
    const place = makePlace();
    await new TextPool(place.openGuest()).set('key', '');
    expect(readFileSync(place.path)).toEqual(record('key', ''));
  });

  it('a removed pool file does not end the daemon', async () => {
    const place = makePlace();
    const pool = new TextPool(place.openGuest());
    await pool.set('key', 'value');
    execFileSync('rm', [place.path]);
    expect(await pool.delete('key')).toBe(false);
    expect(await pool.get('key')).toBeUndefined();
  });

  it('a DELETE before an unterminated record does not abort', async () => {
    const place = makePlace();
    const unterminated = record('k'.repeat(512), 'v'.repeat(2048));
    writeFileSync(place.path, Buffer.concat([record('first', '1'), unterminated]));
    expect(await new TextPool(place.openGuest()).delete('first')).toBe(true);
    expect(readFileSync(place.path)).toEqual(unterminated);
  });

  it('a write does not rewrite the whole file, let alone shorten it meanwhile', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(100));
    let written = 0;
    const pool = new TextPool(
      place.openGuest({
        disk: {
          ...systemDisk,
          write: (fd, bytes, position) => {
            written += 1;
            expect(readFileSync(place.path).length).toBe(100 * recordSize);
            return systemDisk.write(fd, bytes, position);
          },
          truncate: () => expect.fail('the file was truncated'),
        },
      }),
    );
    await pool.set('key50', 'new');
    expect(written).toBeGreaterThan(0);
  });
});

describe('a pool file that we may not read', () => {
  it('reads as empty, told once, and fails what would write to it', async () => {
    const place = makePlace();
    writeFileSync(place.path, records(2), { mode: 0o000 });
    chmodSync(place.directory, 0o755);
    const pool = new TextPool(place.openGuest());
    const isRoot = process.geteuid?.() === 0;
    if (isRoot) ownIdentity.seteuid(nobody);
    try {
      expect(await pool.all()).toEqual([]);
      await expect((async () => pool.set('key', '1'))()).rejects.toThrow('it cannot be read');
    } finally {
      if (isRoot) ownIdentity.seteuid(0);
    }
    expect(place.warnings).toEqual([`pool guest (${place.path}) treated as empty: it cannot be read`]);
    chmodSync(place.path, 0o600);
    expect(readFileSync(place.path)).toEqual(records(2));
    expect(await pool.all()).toEqual(['key0=value0', 'key1=value1']);
  });
});

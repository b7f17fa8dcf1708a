import { existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makePlace, records } from './support/open-pool.ts';

const permissions = 0o777;
const all = ['.kvp_pool_0', '.kvp_pool_1', '.kvp_pool_2', '.kvp_pool_3', '.kvp_pool_4'];

describe('the five pool files', () => {
  let umask: number;
  beforeEach(() => {
    umask = process.umask(0o022);
  });
  afterEach(() => {
    process.umask(umask);
  });

  it('are not created by opening or reading', async () => {
    const place = makePlace();
    const pools = place.open();
    await pools.at(0).get(Buffer.from('key'));
    await pools.at(3).at(0);
    expect(readdirSync(place.directory)).toEqual([]);
  });

  it.each([0o644, 0o600])('are created with exactly mode %i, whatever the umask', (fileMode) => {
    const place = makePlace();
    process.umask(0o077);
    place.open({ fileMode }).createMissing();
    process.umask(0o000);
    rmSync(join(place.directory, '.kvp_pool_3'));
    place.open({ fileMode }).createMissing();
    expect(readdirSync(place.directory)).toEqual(all);
    for (const name of all) expect(statSync(join(place.directory, name)).mode & permissions).toBe(fileMode);
  });

  it('keep content, mode and time if they exist', () => {
    const place = makePlace();
    writeFileSync(place.path, records(2), { mode: 0o600 });
    const old = new Date('2020-01-01T00:00:00Z');
    utimesSync(place.path, old, old);
    place.open().createMissing();
    const { mode, mtime, size } = statSync(place.path);
    expect([mode & permissions, mtime, size]).toEqual([0o600, old, records(2).length]);
  });

  it.each([
    [0o644, 0o755],
    [0o600, 0o700],
  ])('come with their folder, which is as open as they are (%i)', (fileMode, folderMode) => {
    const directory = join(makePlace().directory, 'hyperv');
    makePlace().open({ directory, fileMode }).createMissing();
    expect(statSync(directory).mode & permissions).toBe(folderMode);
  });

  it('tell which one cannot be created', () => {
    const place = makePlace();
    writeFileSync(join(place.directory, 'file'), '');
    const directory = join(place.directory, 'file', 'folder');
    expect(() => {
      place.open({ directory }).createMissing();
    }).toThrow(/^cannot create pool external \(.*\.kvp_pool_0\): ENOTDIR: /);
    expect(existsSync(directory)).toBe(false);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { rooms } from '../../scripts/rooms.mjs';

const root = join(import.meta.dirname, '../..');
const folders = readdirSync(join(root, 'src'), { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? [entry.name] : [],
);
/** What they do shows in a process only: test/programs. */
const withoutUnitTests = ['bin', 'daemon', 'operations'];

describe('every room of src', () => {
  it('has its rule in the import lint', () => {
    const ruled = new Set(Object.keys(rooms).map((room) => room.split('/')[0]));
    expect(folders.filter((room) => room !== 'bin' && !ruled.has(room))).toEqual([]);
    expect(Object.keys(rooms).filter((room) => !existsSync(join(root, 'src', room)))).toEqual([]);
  });

  it('has its row in CONTRIBUTING, and no row is of a room that is gone', () => {
    const rows = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8').matchAll(/^\| `(src\/[\w-]+)` \|/gm);
    const named = Array.from(rows, ([, room = '']) => room.slice('src/'.length));
    expect(named.toSorted()).toEqual(folders.toSorted());
  });

  it('is mirrored by the tests', () => {
    const mirrored = (room: string): boolean => existsSync(join(root, 'test/unit', room));
    expect(folders.filter((room) => !mirrored(room) && !withoutUnitTests.includes(room))).toEqual([]);
  });
});

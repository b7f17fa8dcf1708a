import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const text = readFileSync(join(root, 'docs/freebsd.md'), 'utf8');
const named = [...text.matchAll(/^\| `(test\/[^`]+)` \| fact \|\n\|[-|]+\|\n((?:\|.*\n)+)/gm)];

/** The names of the tests in a file, with their placeholders. */
function testsIn(file: string): readonly string[] {
  const form = file.endsWith('.cc') ? /^ {4}\{"([^"]+)", \w+\},$/gm : /^ {2}(?:it\(|\]\)\()'([^']+)',/gm;
  return Array.from(readFileSync(join(root, file), 'utf8').matchAll(form), ([, name = '']) => name);
}

describe('what docs/freebsd.md says was shown', () => {
  it('is in four tables', () => {
    expect(named.map(([, file]) => file)).toEqual([
      'test/unit/native/twin/rows.cc',
      'test/unit/session/freebsd-session.test.ts',
      'test/unit/simulator/freebsd-driver.test.ts',
      'test/programs/daemon/freebsd.test.ts',
    ]);
  });

  it.each(named.map(([, file = '', rows = '']) => ({ file, rows })))(
    'has a row for each test of $file, and no other',
    ({ file, rows }) => {
      const cells = rows
        .trim()
        .split('\n')
        .map((row) => row.split(' | '));
      expect(cells.map(([name = '']) => name.replace('| ', ''))).toEqual(testsIn(file));
      for (const [, fact = ''] of cells) expect(fact).toMatch(/^(seen|read) \|$/);
    },
  );

  it('names files that exist', () => {
    const paths = [...text.matchAll(/`((?:test|src|native|packaging)\/[^`]+)`/g)].map(([, path = '']) => path);
    for (const path of paths) expect(() => readFileSync(join(root, path))).not.toThrow(/ENOENT/);
    expect(paths.length).toBeGreaterThan(named.length);
  });
});

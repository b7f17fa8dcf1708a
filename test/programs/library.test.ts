import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as library from '../../src/library.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/library.md'), 'utf8');

/** What a program prints that Node runs in the checkout, where the package's name means what is built. */
function node(...words: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { cwd: root, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the built library', () => {
  it('can be loaded by require(), and is then what import gives', () => {
    const script = `
      const required = require('hyperv-kvp');
      import('hyperv-kvp').then((imported) => {
        console.log(required.openPool === imported.openPool, typeof required.openPool);
      });`;
    expect(node('--input-type=commonjs', '--eval', script)).toMatchObject({ status: 0, stdout: 'true function\n' });
  });

  it('comes with source maps that hold the sources', () => {
    const script = `
      import { openPool } from 'hyperv-kvp';
      await openPool('nonsense');`;
    const { stderr } = node('--enable-source-maps', '--input-type=module', '--eval', script);
    expect(stderr).toContain('src/library/open-pool.ts:');
    const built = readdirSync(join(root, 'dist/library')).filter((name) => name.endsWith('.js'));
    expect(built).toContain('kvp-pool.js');
    for (const name of built) {
      const map = join(root, 'dist/library', `${name}.map`);
      expect(existsSync(map)).toBe(true);
      expect(JSON.parse(readFileSync(map, 'utf8'))).toMatchObject({ sourcesContent: [expect.any(String)] });
    }
  });

  it('has each class of errors in its documentation, and no other', () => {
    const exported = Object.entries(library).filter(
      ([, value]) => typeof value === 'function' && value.prototype instanceof Error,
    );
    const told = Array.from(page.matchAll(/^\| `([A-Z]\w+)` \|/gm), ([, name]) => name);
    expect(told.sort()).toEqual(exported.map(([name]) => name).sort());
  });
});

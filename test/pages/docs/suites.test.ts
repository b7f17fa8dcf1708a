import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Suite, suites } from '../../../scripts/suites.mjs';

const root = join(import.meta.dirname, '../../..');

/** The rows of suites in a page, replaced by what `scripts/suites.mjs` says; `npm run docs -- suites` writes them. */
function withRows(page: string): string {
  const rows = /(?:^\| `npm run suite -- .*\n)+/m;
  expect(page).toMatch(rows);
  return page.replace(rows, () => suites.map((suite) => `${row(suite)}\n`).join(''));
}

const row = ({ name, shows, minutes, ci, when = 'something that it covers has changed' }: Suite): string => {
  const words = [name, ...(ci ?? [])].join(' ');
  const run = ci === undefined ? `when ${when}` : 'every change, by `.ci/run`';
  return `| \`npm run suite -- ${words}\` | ${minutes} | ${run} | ${shows} |`;
};

describe('the table of suites', () => {
  it('has what scripts/suites.mjs has', async () => {
    const path = join(root, 'CONTRIBUTING.md');
    const page = readFileSync(path, 'utf8');
    await expect(withRows(page)).toMatchFileSnapshot(path);
  });

  it('names each suite once', () => {
    expect(new Set(suites.map(({ name }) => name)).size).toBe(suites.length);
  });
});

it('npm has at most twelve scripts to show', () => {
  const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };
  expect(Object.keys(scripts).length).toBeLessThanOrEqual(12);
});

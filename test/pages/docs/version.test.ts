import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const { version } = JSON.parse(read('package.json')) as { readonly version: string };

const pages = ['README.md', ...['docs', 'examples'].flatMap(filesIn)];

function filesIn(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1));
}

describe('the version', () => {
  it('has the first section of the changelog, with a date', () => {
    const [, first] = /^## \[(\d.*?)\] - \d{4}-\d\d-\d\d$/m.exec(read('CHANGELOG.md')) ?? [];
    expect(first).toBe(version);
  });

  it('is the first that gets corrections', () => {
    const [, supported] = /^\| (\d+\.\d+) \| yes \|$/m.exec(read('SECURITY.md')) ?? [];
    expect(version.startsWith(`${supported ?? ''}.`)).toBe(true);
  });

  it('is the one in the examples of the control protocol', () => {
    const named = [...read('docs/control.md').matchAll(/"version":"([^"]+)"/g)].map(([, each]) => each);
    expect(new Set(named)).toEqual(new Set([version]));
  });

  it('is in no name of a file that pages and examples tell people to type', () => {
    expect(pages.filter((page) => /hyperv-kvp[_-]\d+\.\d/.test(read(page)))).toEqual([]);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const workflow = readFileSync(join(root, '.github/workflows/release.yml'), 'utf8');

describe('a release', () => {
  it('has each package that can be built, for each processor', () => {
    const pages = readFileSync(join(root, 'docs/packages.md'), 'utf8');
    const kinds = [...new Set(pages.match(/npm run package -- (?:deb|rpm)(?: --standalone)?(?=[` ])/g))];
    expect(kinds).toHaveLength(4);
    const [, processors = '', commands = ''] = /for architecture in (.*); do\n([^]*?)\n +done/.exec(workflow) ?? [];
    expect(processors).toBe('x64 arm64');
    const built = commands.split('\n').map((line) => line.trim().replace(/ --architecture "\$architecture"$/, ''));
    expect(built.sort()).toEqual(kinds.sort());
  });

  it('says before it is packed whence it comes, which npm compares when it is published with provenance', () => {
    expect(workflow).toMatch(/npm pkg set "repository=[^]*npm pack\n[^]*npm publish --provenance/);
  });
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '../../..');
const page = readFileSync(join(root, 'docs/security.md'), 'utf8');

/** The cells of each row of a table, by its section. */
function rows(section: string): readonly (readonly string[])[] {
  const [, text = ''] = new RegExp(`\n## ${section}\n(.*?)(?:\n## |$)`, 's').exec(page) ?? [];
  const lines = text.split('\n').filter((line) => line.startsWith('| '));
  return lines.slice(1).map((line) => line.split('|').map((cell) => cell.trim()));
}

const threats = rows('Threats and defences').map(([, from = '', threat = '', , shownBy = '']) => ({
  from,
  threat,
  shownBy,
}));
const tests = threats.flatMap(({ shownBy }) =>
  Array.from(shownBy.matchAll(/`(test\/[^`]+)`(?: \*([^*]+)\*)?/g), ([, file = '', title = '']) => ({ file, title })),
);

describe('the threat model', () => {
  it('names for each threat what shows that it is met', () => {
    expect(threats.length).toBeGreaterThan(20);
    for (const { threat, shownBy } of threats) expect(shownBy, threat).toMatch(/`(?:test\/|npm run )/);
  });

  it('is about all who are said to do harm', () => {
    expect(new Set(threats.map(({ from }) => from))).toEqual(
      new Set(['host', 'neighbour', 'user', 'starter', 'system', 'packages']),
    );
  });

  it('names tests that are there, by their titles', () => {
    expect(tests.length).toBeGreaterThan(15);
    for (const { file, title } of tests) {
      expect(existsSync(join(root, file)), file).toBe(true);
      expect(readFileSync(join(root, file), 'utf8')).toContain(title);
    }
  });
});

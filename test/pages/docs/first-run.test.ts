import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exchangesOf, fits } from '../../lab/package/transcript.ts';

const root = join(import.meta.dirname, '../../..');
const page = (name: string): string => readFileSync(join(root, name), 'utf8');
const commands = exchangesOf(page('docs/first-run.md')).map(({ command }) => command);

describe('the first run', () => {
  it('installs, checks, sets a key and goes back', () => {
    expect(commands.map((command) => command.split(' ', 2).join(' '))).toEqual([
      ...[
        'apt install',
        'hvkvp doctor',
        'hvkvp status',
        'hvkvp set',
        'hvkvp list',
        'apt remove',
        'systemctl is-active',
      ],
    ]);
  });

  it('has the README’s commands', () => {
    for (const command of commands.slice(0, -1)) expect(page('README.md')).toContain(command);
  });

  it('is held to what is printed, but for what it leaves open', () => {
    expect(fits('one\ntwo 2.5\nthree\n', 'one\n…\nthree')).toBe(true);
    expect(fits('two\t2.5 ms\n', 'two   … ms')).toBe(true);
    expect(fits('one\n', '…\none\n…')).toBe(true);
    expect(fits('', '')).toBe(true);
    expect(fits('an error\n', '')).toBe(false);
    expect(fits('two 2.5 ms\nmore\n', 'two … ms')).toBe(false);
    expect(fits('twoX5', 'two.5')).toBe(false);
  });
});

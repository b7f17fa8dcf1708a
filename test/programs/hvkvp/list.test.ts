import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../unit/pools/support/open-pool.ts';
import { hvkvp, hvkvpProgram } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { Terminal } from '../../support/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  const records = [
    record('Short', 'value'),
    record('Long', 'abcdefghij'.repeat(20)),
    record('Wide', '漢字'.repeat(20)),
    record('Short', 'again'),
    record('k'.repeat(60), 'v'),
  ];
  writeFileSync(join(folder, '.kvp_pool_0'), Buffer.concat(records));
  writeFileSync(join(folder, '.kvp_pool_1'), Buffer.concat([record('Short', 'own'), record('a\tb', 'tab')]));
});

/** What a list shows at a terminal of so many columns. */
async function shown(columns: number, ...words: readonly string[]): Promise<string> {
  const line = `stty cols ${columns}; exec "$@"`;
  const own = [process.execPath, hvkvpProgram, 'list', ...words, '--pool-dir', folder];
  const terminal = new Terminal(['sh', '-c', line, 'sh', ...own], { NO_COLOR: '1' });
  expect(await terminal.ended(), terminal.shown).toBe(0);
  return terminal.shown;
}

describe('a list at a terminal', () => {
  it('shortens keys and values to the width', async () => {
    expect(await shown(50, 'external')).toMatchSnapshot();
  });

  it('shows all of them with --full', async () => {
    const full = await shown(50, 'external', '--full');
    expect(full).toContain(`Long${' '.repeat(58)}${'abcdefghij'.repeat(20)}\n`);
    expect(full).not.toContain('…');
  });

  it('fits a terminal that is wide enough as it is', async () => {
    expect(await shown(400, 'external')).toBe(await shown(50, 'external', '--full'));
  });
});

describe('a list of keys', () => {
  const run = (...words: readonly string[]) => hvkvp(['list', '--keys', ...words, '--pool-dir', folder]).stdout;

  it('has each key once, a line each', () => {
    expect(run()).toBe(`Short\nLong\nWide\n${'k'.repeat(60)}\na\\tb\n`);
    expect(run('guest', 'S*')).toBe('Short\n');
  });

  it('names the pool of each in JSON', () => {
    expect(run('--json', 'S*', 'a?b')).toBe(
      '[{"pool":"external","key":"Short"},{"pool":"guest","key":"Short"},{"pool":"guest","key":"a\\tb"}]\n',
    );
  });
});

it('a list to a program is never shortened', () => {
  expect(hvkvp(['list', 'Long', '--pool-dir', folder]).stdout).toBe(`external\tLong\t${'abcdefghij'.repeat(20)}\n`);
});

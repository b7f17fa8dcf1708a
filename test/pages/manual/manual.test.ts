import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { configurationSchema } from '../../../src/configuration/configuration.ts';
import { usage } from '../../../src/process/arguments.ts';
import { hvkvpPage } from './hvkvp-page.ts';
import { needs, program } from '../../support/needs.ts';

const folder = join(import.meta.dirname, '../../../man');
const pages = ['hv_kvp_daemon.8', 'hvkvp.1', 'hyperv-kvp.toml.5'];
const read = (page: string): string => readFileSync(join(folder, page), 'utf8');

/** What stands in the tags of a page's lists. */
function tags(page: string, macro: string): string[] {
  const found = [...read(page).matchAll(new RegExp(`^\\.It ${macro} (.*)`, 'gm'))];
  return found.flatMap(([, words = '']) => words.split(' , '));
}

describe('the manual pages', () => {
  it.each(pages)('%s has no fault that mandoc finds', (page) => {
    needs(program('mandoc'));
    const { stdout } = spawnSync('mandoc', ['-T', 'lint', '-W', 'warning', join(folder, page)], { encoding: 'utf8' });
    expect(stdout).toBe('');
  });

  it('name every option of the daemon, and no other', () => {
    const described = tags('hv_kvp_daemon.8', 'Fl').map((tag) => `-${tag.replace(/^Fl /, '').split(' ')[0] ?? ''}`);
    const inUsage = usage.match(/(?<=^ +(?:-\w, )?)-[\w-]+/gm) ?? [];
    expect(described.sort()).toEqual([...new Set(inUsage)].sort());
  });

  it('name every key of the configuration, and no other', () => {
    const sections = Object.values(configurationSchema.entries).map(({ wrapped }) => wrapped);
    const keys = sections.flatMap((section) => ('entries' in section ? Object.keys(section.entries) : []));
    const plain = Object.entries(configurationSchema.entries).filter(([, { wrapped }]) => !('entries' in wrapped));
    expect(tags('hyperv-kvp.toml.5', 'Ic').sort()).toEqual([...keys, ...plain.map(([key]) => key)].sort());
  });

  it('tell of hvkvp what it says of itself; `npm run manual` has them do so', async () => {
    await expect(hvkvpPage(createProgram())).toMatchFileSnapshot(join(folder, 'hvkvp.1'));
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';

const page = readFileSync(join(import.meta.dirname, '../../../docs/hvkvp.md'), 'utf8');
const common = optionsIn(/^Commands take [^]*?\n\n/m.exec(page)?.[0] ?? '');

function optionsIn(text: string): string[] {
  return (text.match(/--[a-z-]+/g) ?? []).sort();
}

/** The words of each command and its options, but for those that many have. */
function commandsOf(command: Command, above: readonly string[] = []): (readonly [string, readonly string[]])[] {
  if (command.commands.length > 0) {
    return command.commands.flatMap((each) => commandsOf(each, [...above, each.name()]));
  }
  const shown = command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? '');
  const options = shown.filter((long) => !common.includes(long));
  return [[above.join(' '), options.sort()]];
}

describe('the page on hvkvp', () => {
  it('names every command with every option, and no other', () => {
    const [table = ''] = page.split('\n## ');
    const rows = table.split('\n').flatMap((line): (readonly [string, readonly string[]])[] => {
      const [, words, options = ''] = /^\| `([^`]+)` \|([^|]*)\|/.exec(line) ?? [];
      const name = words?.replaceAll(/ \[?[A-Z]+\]?…?/g, '');
      return name === undefined ? [] : [[name, optionsIn(options)]];
    });
    expect(rows.sort()).toEqual(commandsOf(createProgram()).sort());
  });

  it('names common options that exist', () => {
    const all = (command: Command): string[] => [
      ...command.options.map(({ long }) => long ?? ''),
      ...command.commands.flatMap(all),
    ];
    expect(all(createProgram())).toEqual(expect.arrayContaining(common));
  });
});

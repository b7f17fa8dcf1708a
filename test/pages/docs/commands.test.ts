import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Command, CommanderError } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { parseArguments } from '../../../src/process/arguments.ts';
import { pages, root, type Shown, shownCommands } from './shown-commands.ts';

const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

const ofProgram = (program: string): readonly Shown[] => shownCommands.filter(({ words }) => words[0] === program);

const leftOut = ['commander.missingArgument', 'commander.optionMissingArgument'];

/** What the real command line says against a command, whose deed is not done; "" if nothing. */
function troubleWith({ words, isLine }: Shown): string {
  const program = createProgram();
  withoutDeeds(program);
  try {
    program.parse(words.slice(1), { from: 'user' });
    return '';
  } catch (error) {
    if (!(error instanceof CommanderError)) return String(error);
    const isFine = error.exitCode === 0 || (!isLine && leftOut.includes(error.code));
    return isFine ? '' : error.message;
  }
}

function withoutDeeds(command: Command): void {
  command.configureOutput({ writeOut: () => undefined });
  if (command.commands.length === 0) command.action(() => undefined);
  for (const each of command.commands) withoutDeeds(each);
}

describe('what the pages name', () => {
  it('are scripts of package.json', () => {
    const named = ofProgram('npm').flatMap(({ page, words }) =>
      words[1] === 'run' ? [{ page, script: words[2] }] : [],
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ script = '' }) => !(script in scripts))).toEqual([]);
  });

  it('are commands that hvkvp takes as they stand; where text only names one, what else it takes may be left out', () => {
    const given = ofProgram('hvkvp').filter(
      // The last is a line of the log.
      ({ words }) => !['COMMAND', undefined].includes(words[1]) && !words.includes('…'),
    );
    expect(given.filter(({ isLine }) => isLine).length).toBeGreaterThan(50);
    expect(
      given.map((each) => ({ ...each, trouble: troubleWith(each) })).filter(({ trouble }) => trouble !== ''),
    ).toEqual([]);
  });

  it('are command lines that the daemon takes', () => {
    const given = ofProgram('hv_kvp_daemon');
    expect(given.length).toBeGreaterThan(2);
    for (const { words } of given) expect(() => parseArguments(words.slice(1))).not.toThrow();
  });

  it('are commands on lines of their own', () => {
    const inside = shownCommands.filter(({ words: [, ...words], isLine }) => isLine && words.includes('hvkvp'));
    expect(inside).toEqual([]);
  });

  it('are files that exist, where they link', () => {
    const links = pages.flatMap((page) =>
      Array.from(readFileSync(join(root, page), 'utf8').matchAll(/\]\(([^)#:\s]+)(?:#[^)]*)?\)/g), ([, to = '']) => ({
        page,
        to,
      })),
    );
    expect(links.length).toBeGreaterThan(20);
    expect(links.filter(({ page, to }) => !existsSync(join(root, dirname(page), to)))).toEqual([]);
  });
});

describe('the hazards in CONTRIBUTING.md', () => {
  const text = readFileSync(join(root, 'CONTRIBUTING.md'), 'utf8');

  it('are held by tests and mutations of those names', () => {
    const held = Array.from(text.matchAll(/`([^`]+)` “([^”]+)”/g), ([, file = '', name = '']) => ({ file, name }));
    expect(held.length).toBeGreaterThan(20);
    expect(held.filter(({ file, name }) => !readFileSync(join(root, file), 'utf8').includes(name))).toEqual([]);
  });

  it('and rooms are in folders and files that exist', () => {
    const paths = Array.from(
      text.matchAll(/`((?:src|test|native|docs|scripts|examples)\/[\w./-]*)`/g),
      ([, path = '']) => path,
    );
    expect(paths.length).toBeGreaterThan(40);
    expect(paths.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });
});

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { createProgram } from '../../../src/hvkvp/program.ts';
import { usage } from '../../../src/process/arguments.ts';

const root = join(import.meta.dirname, '../../..');
const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: object };

/** A command of a page, as words. */
interface Shown {
  readonly page: string;
  readonly words: readonly string[];
}

const shown = pages.flatMap((page) =>
  codeIn(readFileSync(join(root, page), 'utf8'))
    .flatMap((code) => code.replace(/(?:^|\s)#.*/, '').split(/&&|\|\||[|;]|\$\(|\)/))
    .map((command): Shown => ({ page, words: command.trim().split(/\s+/) })),
);
const ofProgram = (program: string): readonly Shown[] => shown.filter(({ words }) => words[0] === program);
const optionsIn = (words: readonly string[]): string[] => words.flatMap((word) => /^--?[a-z][a-z-]*/.exec(word) ?? []);

/** Indented lines, lines between fences, and what stands between backquotes. */
function codeIn(text: string): readonly string[] {
  const blocks = text.match(/^ {4}.*$/gm) ?? [];
  const fenced = Array.from(text.matchAll(/^```\w*\n([^]*?)^```/gm), ([, lines = '']) => lines.split('\n')).flat();
  const spans = Array.from(text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g), ([, code = '']) => code);
  return [...blocks, ...fenced, ...spans];
}

/** The command that words name, and the options that it takes. */
function resolve(command: Command, words: readonly string[]): { readonly name: string; readonly options: string[] } {
  const [word = ''] = words;
  const next = command.commands.find((each) => each.name() === word);
  if (next !== undefined) return resolve(next, words.slice(1));
  const options = command.options.flatMap(({ short, long }) => [short ?? [], long ?? []].flat());
  return { name: command.name(), options: [...options, '-h', '--help'] };
}

describe('what the pages name', () => {
  it('are scripts of package.json', () => {
    const named = ofProgram('npm').flatMap(({ page, words }) =>
      words[1] === 'run' ? [{ page, script: words[2] }] : [],
    );
    expect(named.length).toBeGreaterThan(20);
    expect(named.filter(({ script = '' }) => !(script in scripts))).toEqual([]);
  });

  it('are commands of hvkvp, with options that they take', () => {
    const program = createProgram();
    const given = ofProgram('hvkvp').filter(({ words }) => !['COMMAND', undefined].includes(words[1]));
    expect(given.length).toBeGreaterThan(20);
    const wrong = given.filter(({ words }) => {
      const { name, options } = resolve(program, words.slice(1));
      const isCommand = name !== 'hvkvp' || words[1]?.startsWith('-') === true;
      return !isCommand || optionsIn(words).some((option) => !options.includes(option));
    });
    expect(wrong).toEqual([]);
  });

  it('are options of the daemon', () => {
    const given = ofProgram('hv_kvp_daemon');
    expect(given.length).toBeGreaterThan(2);
    expect(given.filter(({ words }) => optionsIn(words).some((option) => !usage.includes(`${option} `)))).toEqual([]);
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

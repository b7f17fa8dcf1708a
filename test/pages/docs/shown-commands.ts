import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** Of documents, from the root. */
export const pages = ['.', 'docs', 'docs/decisions'].flatMap((folder) =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => join(folder, name)),
);

/** A command of a page, as words. */
export interface Shown {
  readonly page: string;
  readonly words: readonly string[];
  /** Whether a line shows it; else the text names it, perhaps without what else it takes. */
  readonly isLine: boolean;
}

/** A line of a shell that a page shows to be typed. */
export interface ShownLine {
  readonly page: string;
  readonly line: string;
}

/** Those that are indented, and those behind a prompt between fences. */
export const shownLines: readonly ShownLine[] = pages.flatMap((page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const lines = [...indented(text), ...fenced(text).flatMap((line) => /^\$ (.*)/.exec(line)?.[1] ?? [])];
  return lines.map((line) => ({ page, line: line.trim() }));
});

/** Those of the lines, and what stands between backquotes. */
export const shownCommands: readonly Shown[] = [
  ...shownLines.flatMap(({ page, line }) => commandsIn(line).map((words) => ({ page, words, isLine: true }))),
  ...pages.flatMap((page) =>
    spans(readFileSync(join(root, page), 'utf8')).flatMap((code) =>
      commandsIn(code).map((words) => ({ page, words, isLine: false })),
    ),
  ),
];

/** The commands of a line of a shell, each as its words, without what only the shell reads. */
export function commandsIn(line: string): readonly (readonly string[])[] {
  const commands: string[][] = [[]];
  const tokens = line.matchAll(/\s+#.*|^#.*|[<>]+\s*\S+|\$\(|\\?[|&;()]+|((?:"[^"]*"|'[^']*'|[^\s|&;()<>"'])+)/g);
  for (const [token, word] of tokens) {
    if (word !== undefined) commands.at(-1)?.push(word.replaceAll(/"([^"]*)"|'([^']*)'/g, '$1$2'));
    else if (!/^(?:\s*#|[<>])/.test(token)) commands.push([]);
  }
  // A variable that takes what a command prints.
  return commands.filter(([first]) => first !== undefined && !first.endsWith('='));
}

function indented(text: string): readonly string[] {
  return text.replaceAll(/^```[^]*?^```/gm, '').match(/^ {4}.*$/gm) ?? [];
}

function fenced(text: string): readonly string[] {
  return Array.from(text.matchAll(/^```\w*\n([^]*?)^```/gm), ([, lines = '']) => lines.split('\n')).flat();
}

function spans(text: string): readonly string[] {
  return Array.from(text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/`([^`\n]+)`/g), ([, code = '']) => code);
}

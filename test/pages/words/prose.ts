import { readdirSync } from 'node:fs';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '../../..');

/** What has no place to be broken: rows of tables, pictures and links. */
const unbroken = /^\s*(?:\||!?\[[^\]]*\](?:\(|: ))/;

/** The lines of prose of a page; blocks of code, indented ones too, are none. */
export function proseOf(text: string): string[] {
  return withoutCode(text).filter((line) => !unbroken.test(line));
}

/** The lines of a page outside of blocks of code. */
export function withoutCode(text: string): string[] {
  let isCode = false;
  return text.split('\n').filter((line) => {
    const isFence = /^\s*```/.test(line);
    if (isFence) isCode = !isCode;
    return !(isFence || isCode || /^ {4}/.test(line));
  });
}

export function filesIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => join(root, folder, name));
}

export const pages = [
  ...filesIn('docs', '.md'),
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md', 'SECURITY.md'].map((name) => join(root, name)),
];

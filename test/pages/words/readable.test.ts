import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { relative } from 'node:path';
import { expect, it } from 'vitest';
import { pages, root, withoutCode } from './prose.ts';

/** It has no types of its own. */
const writeGood = createRequire(import.meta.url)('write-good') as (
  text: string,
  options: Readonly<Record<string, boolean | readonly string[]>>,
) => readonly { readonly reason: string }[];

/**
 * Its checks of words that say nothing or too much: weasel words, wordy phrases, clichés, repeated words, sentences that begin with
 * "So" or "There is". Those of the passive voice, of adverbs and of "to be" find correct English.
 */
const checks = { passive: false, adverb: false, eprime: false };

/** What it finds and is meant. */
const exceptions = [
  // A sentence needs its subject.
  ...['it is', 'It is', 'it was', 'It was'],
  // Numbers that differ from case to case.
  ...['several', 'many', 'few'],
  // An operation and a command by their names, and terms of arithmetic.
  ...['enumerate', 'ENUMERATE', 'monitor', 'multiple', 'minimum'],
];

/** The prose of a page, with a word of its own for each piece of code: it would take two for a word repeated. */
function readable(page: string): string {
  let count = 0;
  return (
    withoutCode(readFileSync(page, 'utf8'))
      .join('\n')
      // Names of tests are sentences of others.
      .replaceAll(/(?<= )\*[^*\n]+\*/g, 'a test')
      .replaceAll(/`[^`\n]+`/g, () => `code${(count += 1)}`)
      // Nor is a number, in 2.2 or at the end of a paragraph and the start of the next, a word repeated.
      .replaceAll(/\d+/g, () => `figure${(count += 1)}`)
  );
}

it('write-good has nothing against any page', () => {
  const found = pages.flatMap((page) =>
    writeGood(readable(page), { ...checks, whitelist: exceptions }).map(
      ({ reason }) => `${relative(root, page)}: ${reason}`,
    ),
  );
  expect(found).toEqual([]);
});

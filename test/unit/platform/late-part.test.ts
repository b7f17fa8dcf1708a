import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeSystemError } from '../../../src/device/system-error.ts';
import { latePart, loadLateParts } from '../../../src/platform/late-part.ts';

const sources = join(import.meta.dirname, '../../../src');

it('is loaded when it is needed, and once', async () => {
  let loads = 0;
  const part = latePart(() => Promise.resolve((loads += 1)));
  expect(loads).toBe(0);
  expect(await Promise.all([part(), part()])).toEqual([1, 1]);
});

it('is loaded with all others, and with it those that come with it', async () => {
  const loaded: string[] = [];
  const load = (name: string) => () => Promise.resolve(loaded.push(name));
  latePart(async () => {
    await load('first')();
    latePart(load('within'));
  });
  latePart(load('last'));
  await loadLateParts(expect.unreachable);
  expect(loaded).toEqual(['first', 'last', 'within']);
});

it('is reported if it cannot be read, and the next one is loaded', async () => {
  const reported: string[] = [];
  const loaded: string[] = [];
  latePart(() => Promise.reject(makeSystemError('EMFILE', 'open', 'too many open files')));
  latePart(() => Promise.resolve(loaded.push('next')));
  await loadLateParts((trouble) => reported.push(trouble));
  expect(reported).toEqual([expect.stringMatching(/^cannot load a part of the program; restart required: EMFILE/)]);
  expect(loaded).toEqual(['next']);
});

/** Commands load theirs when they begin, and so do these, before the daemon serves or when it opens its sockets. */
const atStart = ['daemon/listeners.ts', 'daemon/main.ts', 'daemon/part-with-root.ts', 'helper/client/start-helper.ts'];

it('is what a program that goes on running imports in no other way', () => {
  const files = readdirSync(sources, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));
  const others = files.filter((file) => !/^(bin|hvkvp)\//.test(file) && !atStart.includes(file));
  // What is Node's own is in Node's program.
  const late = others.filter((file) => /await import\((?!'node:)/.test(readFileSync(join(sources, file), 'utf8')));
  expect(late).toEqual([]);
});

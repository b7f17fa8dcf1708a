import { existsSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { mutations } from './mutations.mjs';

it('has mutations that fit the sources once each, and name a test', () => {
  const misfits = mutations.filter(
    ({ file, find, test }) => readFileSync(file, 'utf8').split(find).length !== 2 || !existsSync(test),
  );
  expect(misfits.map(({ name }) => name)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { chapters, performanceDocument } from '../../../bench/performance-document.mjs';
import type { Kept } from '../../../bench/run.mjs';

const docs = join(import.meta.dirname, '../../../docs');

it('docs/performance.md is what its generator writes from the results that are kept beside it', () => {
  // The generator wrote them.
  const results = JSON.parse(readFileSync(join(docs, 'performance.json'), 'utf8')) as Kept[];
  expect(results.map(({ name }) => name)).toEqual(chapters);
  expect(readFileSync(join(docs, 'performance.md'), 'utf8')).toBe(performanceDocument(results));
});

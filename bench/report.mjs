// Gathers what the benchmarks have left in bench/results/ in docs/performance.json, and writes docs/performance.md from it.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chapters, performanceDocument } from './performance-document.mjs';

/** @typedef {import('./run.mjs').Kept} Kept */

// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- this program wrote it; the cast is lost on the linter.
const former = /** @type {readonly Kept[]} */ (JSON.parse(readFileSync(inDocs('performance.json'), 'utf8')));

/** @returns {Promise<undefined>} */
export function measure() {
  const results = chapters.flatMap(lastResult);
  writeFileSync(inDocs('performance.json'), `${JSON.stringify(results, undefined, 1)}\n`);
  writeFileSync(inDocs('performance.md'), performanceDocument(results));
  console.log('→ docs/performance.md, docs/performance.json');
  return Promise.resolve(undefined);
}

/** @param {string} file */
function inDocs(file) {
  return fileURLToPath(new URL(`../docs/${file}`, import.meta.url));
}

/** Without what the tables do not show; one that was not repeated stays as it is. @param {string} name @returns {readonly Kept[]} */
function lastResult(name) {
  const file = fileURLToPath(new URL(`results/${name}.json`, import.meta.url));
  if (existsSync(file)) {
    // eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- run.mjs wrote it; the cast is lost on the linter.
    const kept = /** @type {Kept} */ (JSON.parse(readFileSync(file, 'utf8')));
    return [{ ...kept, figures: [], measured: undefined }];
  }
  const before = former.filter((kept) => kept.name === name);
  if (before.length === 0) console.error(`there is no result of "${name}" yet: its chapter is left out`);
  return before;
}

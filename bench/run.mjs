// Runs a benchmark by its name: run.mjs pools. Figures go to the screen, and with a plot to bench/results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { plot } from './plot.mjs';
import { table } from './table.mjs';

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {readonly (readonly [x: number, y: number])[]} points
 *
 * @typedef {object} Figure
 * @property {string} name of the files
 * @property {string} title
 * @property {string} x what is varied
 * @property {string} y what is measured, with its unit
 * @property {readonly Line[]} lines
 */

/** @type {Readonly<Record<string, () => Promise<{ measure: () => Promise<readonly Figure[]> }>>>} */
const benchmarks = { pools: () => import('./pools.mjs') };

const [name = ''] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')}`);
  process.exit(2);
}
const results = fileURLToPath(new URL('results/', import.meta.url));
mkdirSync(results, { recursive: true });
for (const figure of await (await load()).measure()) {
  console.log(`\n${figure.title}, ${figure.y}\n${table(figure)}`);
  writeFileSync(`${results}${figure.name}.json`, `${JSON.stringify(figure, undefined, 2)}\n`);
  writeFileSync(`${results}${figure.name}.svg`, plot(figure));
  console.log(`→ bench/results/${figure.name}.svg`);
}

// Runs a benchmark by its name: run.mjs pools. Figures go to the screen, and with plots to bench/results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, release } from 'node:os';
import { fileURLToPath } from 'node:url';
import { plot } from './plot.mjs';
import { enterPrivateMachine } from './rig/enter.mjs';
import { tableText } from './table.mjs';

/**
 * @typedef {object} Line
 * @property {string} name
 * @property {readonly (readonly [x: number, y: number])[]} points
 *
 * @typedef {object} Figure
 * @property {string} name of the file
 * @property {string} title
 * @property {string} x what is varied
 * @property {string} y what is measured, with its unit
 * @property {readonly Line[]} lines
 *
 * @typedef {object} Result
 * @property {readonly import('./table.mjs').Table[]} tables
 * @property {readonly Figure[]} figures
 * @property {readonly string[]} [notes] said below the tables
 *
 * @typedef {object} Benchmark
 * @property {boolean} [isPrivate] runs in namespaces of its own
 * @property {(words: readonly string[]) => Promise<Result>} measure
 */

/** @type {Readonly<Record<string, () => Promise<Benchmark>>>} */
const benchmarks = {
  'side-by-side': () => import('./side-by-side/side-by-side.mjs'),
  growth: () => import('./growth.mjs'),
  idle: () => import('./idle.mjs'),
  start: () => import('./start.mjs'),
  soak: () => import('./soak.mjs'),
  pools: () => import('./pools.mjs'),
};

const [name = '', ...words] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')} [--quick]`);
  process.exit(2);
}
const benchmark = await load();
if (benchmark.isPrivate === true) await enterPrivateMachine();
keep(await benchmark.measure(words));

/** @param {Result} result */
function keep(result) {
  const { tables, figures, notes = [] } = result;
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const table of tables) console.log(`\n${table.title}\n${tableText(table)}`);
  for (const note of notes) console.log(`\n${note}`);
  for (const figure of figures) writeFileSync(`${folder}${figure.name}.svg`, plot(figure));
  const machine = { processor: cpus()[0]?.model, system: release(), architecture: arch(), node: process.version };
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify({ name, words, machine, ...result }, undefined, 2)}\n`);
  console.log(`\n→ ${[`${name}.json`, ...figures.map((figure) => `${figure.name}.svg`)].join(', ')} in bench/results/`);
}

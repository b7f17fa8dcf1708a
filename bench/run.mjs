// Runs a benchmark by its name: run.mjs pools; without one, all of them. Figures go to the screen, and with plots to bench/results/.
import { mkdirSync, writeFileSync } from 'node:fs';
import { arch, cpus, loadavg, release } from 'node:os';
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
 * @property {unknown} [measured] more than the tables show, for the file
 *
 * @typedef {object} Benchmark
 * @property {boolean} [isPrivate] runs in namespaces of its own
 * @property {() => void} [prepare] called before, where such a benchmark needs more than all others
 * @property {(words: readonly string[]) => Promise<Result | undefined>} measure undefined: there is nothing to keep
 *
 * @typedef {Result & { name: string, words: readonly string[], machine: ReturnType<typeof describeMachine> }} Kept
 */

/** @type {Readonly<Record<string, () => Promise<Benchmark>>>} */
const benchmarks = {
  all: () => import('./all.mjs'),
  'side-by-side': () => import('./side-by-side/side-by-side.mjs'),
  first: () => import('./first.mjs'),
  day: () => import('./day.mjs'),
  why: () => import('./why.mjs'),
  paths: () => import('./paths/paths.mjs'),
  growth: () => import('./growth.mjs'),
  idle: () => import('./idle.mjs'),
  start: () => import('./start.mjs'),
  rights: () => import('./rights.mjs'),
  soak: () => import('./soak.mjs'),
  pools: () => import('./pools.mjs'),
  carried: () => import('./carried.mjs'),
  locks: () => import('./locks.mjs'),
  'file-calls': () => import('./file-calls.mjs'),
  report: () => import('./report.mjs'),
};

const [name = 'all', ...words] = process.argv.slice(2);
const load = benchmarks[name];
if (load === undefined) {
  console.error(`usage: npm run bench -- ${Object.keys(benchmarks).join(' | ')} [--quick]`);
  process.exit(2);
}
const benchmark = await load();
if (benchmark.isPrivate === true) await enterPrivateMachine(benchmark.prepare);
const loadBefore = load1();
const result = await benchmark.measure(words);
if (result !== undefined) keep(result);

/** @param {Result} result */
function keep(result) {
  const { tables, figures, notes = [] } = result;
  const folder = fileURLToPath(new URL('results/', import.meta.url));
  mkdirSync(folder, { recursive: true });
  for (const table of tables) console.log(`\n${table.title}\n${tableText(table)}`);
  for (const note of notes) console.log(`\n${note}`);
  for (const figure of figures) writeFileSync(`${folder}${figure.name}.svg`, plot(figure));
  /** @type {Kept} */
  const kept = { name, words, machine: describeMachine(), ...result };
  writeFileSync(`${folder}${name}.json`, `${JSON.stringify(kept, undefined, 2)}\n`);
  console.log(`\n→ ${[`${name}.json`, ...figures.map((figure) => `${figure.name}.svg`)].join(', ')} in bench/results/`);
}

function describeMachine() {
  const processors = cpus();
  const processor = processors[0]?.model ?? arch();
  const load = [loadBefore, load1()];
  return { processor, processors: processors.length, system: release(), node: process.version, load };
}

/** Processes of the whole machine that wanted to run, the mean of the last minute. */
function load1() {
  return loadavg()[0] ?? NaN;
}

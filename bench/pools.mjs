// What the operations on a pool cost, by its number of records and by durability.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fill } from './rig/fill.mjs';
import { tableOf } from './table.mjs';

const built = new URL('../dist/pools/', import.meta.url).href;
// eslint-disable-next-line @typescript-eslint/no-unsafe-assignment -- the cast is lost on the linter.
const { openPools } = /** @type {typeof import('../src/pools/pools.ts')} */ (await import(`${built}pools.js`));

const recordCounts = [10, 100, 1000, 10_000, 100_000];
const guest = 1;
const nanosecondsPerMicrosecond = 1000;
/** Enough for a steady median, few enough for a minute in all. */
const rounds = { reading: 2000, memory: 400, disk: 100, shifting: 10 };

/** @typedef {import('../src/pools/pool.ts').Pool} Pool @typedef {import('../src/pools/pools.ts').PoolOptions} PoolOptions */

/** @returns {Promise<import('./run.mjs').Result>} */
export function measure() {
  const figures = [figure('memory'), figure('disk')];
  return Promise.resolve({ tables: figures.map(tableOf), figures });
}

/** @param {PoolOptions['durability']} durability @returns {import('./run.mjs').Figure} */
function figure(durability) {
  /** @type {Map<string, [number, number][]>} */
  const lines = new Map();
  for (const count of recordCounts) {
    for (const [name, cost] of Object.entries(measureAt(count, durability))) {
      lines.set(name, [...(lines.get(name) ?? []), [count, cost]]);
    }
  }
  return {
    name: `pools-${durability}`,
    title: `Operations on a pool, durability "${durability}"`,
    x: 'records',
    y: 'µs, median',
    lines: [...lines].map(([name, points]) => ({ name, points })),
  };
}

/** @param {number} count @param {PoolOptions['durability']} durability @returns {Record<string, number>} */
function measureAt(count, durability) {
  const directory = mkdtempSync(join(tmpdir(), 'hyperv-kvp-bench-'));
  fill(join(directory, `.kvp_pool_${guest}`), count);
  const pools = openPools({
    directory,
    stateDirectory: join(directory, '.hyperv-kvp'),
    fileMode: 0o644,
    durability,
    lockTimeoutMs: 2000,
    maxRecords: 2 * count,
    warn: (text) => {
      throw new Error(text);
    },
  });
  const pool = pools.at(guest);
  /** @param {string} word */
  const text = (word) => Buffer.from(word);
  const last = text(`key${count - 1}`);
  const first = timeOf(() => pool.get(last));
  /** @param {number} round */
  const added = (round) => text(`added${round}`);
  const writing = rounds[durability];
  const costs = {
    'first GET (loads)': first,
    GET: median(rounds.reading, () => pool.get(last)),
    'GET, no such key': median(rounds.reading, () => pool.get(text('absent'))),
    'ENUMERATE, one': median(rounds.reading, () => pool.at(count - 1)),
    SET: median(writing, (round) => pool.set(last, text(`value${round}`))),
    'SET, new': median(writing, (round) => pool.set(added(round), last)),
    'DELETE, last': median(writing, (round) => pool.delete(added(writing - 1 - round))),
    'DELETE, first': median(Math.min(rounds.shifting, count), (round) => pool.delete(text(`key${round}`))),
  };
  pools.close();
  rmSync(directory, { recursive: true });
  return costs;
}

/** @param {number} times @param {(round: number) => unknown} call */
function median(times, call) {
  const costs = Array.from({ length: times }, (_, round) => timeOf(() => call(round))).sort((a, b) => a - b);
  return costs[Math.floor(times / 2)] ?? NaN;
}

/** Microseconds. @param {() => unknown} call */
function timeOf(call) {
  const start = process.hrtime.bigint();
  const result = call();
  const elapsed = Number(process.hrtime.bigint() - start) / nanosecondsPerMicrosecond;
  if (result instanceof Promise) throw new Error('a lock was held by somebody else');
  return elapsed;
}

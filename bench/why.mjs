// Why a round trip takes as long as it does, and what the private memory is: measured, for the targets that are missed.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { quickOption } from './quick-option.mjs';
import { startIdleNode } from './rig/idle-node.mjs';
import { memoryOf } from './memory.mjs';
import { stockPools } from './rig/folders.mjs';
import { chosenCpu } from './rig/processor.mjs';
import { start } from './rig/programs.mjs';
import { median } from './rig/statistics.mjs';
import { privateKinds } from './rig/usage.mjs';
import { otherExercises, poolExercises } from './side-by-side/operations.mjs';

export const isPrivate = true;

const plans = { quick: { starts: 2, later: 5000 }, full: { starts: 5, later: 30_000 } };
const most = 1000;
const tracedRounds = 100;
const records = 10;
const enoughMs = 60_000;
const settledMs = 1500;
const nanosecondsPerMicrosecond = 1000;

/** One of each kind that has a target. */
const operations = [
  ...['OSVersion', 'OSName', 'FullyQualifiedDomainName', 'NetworkAddressIPv4'],
  ...['GET hit', 'SET overwrite', 'GET_IP_INFO miss'],
];
const exercises = [...poolExercises(records), ...otherExercises()];
const requests = exercises.flatMap(({ names: [name = ''], requests: [request = ''] }) =>
  operations.includes(name) ? [/** @type {const} */ ([name, request])] : [],
);

/** @typedef {import('./table.mjs').Table} Table */

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const tables = [await shareTable(plan), await compilerTable(plan), await callTable(), await memoryTable()];
  return { tables, figures: [] };
}

/**
 * Medians, µs, over all starts.
 * @param {'ours' | 'ours, interpreted' | 'ours, V8 as usual' | 'C' | 'echo'} name @param {string} request @param {number} starts
 * @param {number} [later] after so many requests once more
 */
async function timesOf(name, request, starts, later = 0) {
  /** @type {[number[], number[]]} */
  const times = [[], []];
  for (let number = 0; number < starts; number += 1) {
    const program = await start(name, { records, cpu: chosenCpu() });
    const ask = async (/** @type {number} */ count) =>
      (await program.channel.measure({ requests: [request], count, limitMs: enoughMs })).nanoseconds[0] ?? [];
    times[0].push(...(await ask(most)));
    if (later > 0) {
      await ask(later);
      times[1].push(...(await ask(most)));
    }
    await program.close();
  }
  const [first = NaN, steady = NaN] = times.map((own) => median(own) / nanosecondsPerMicrosecond);
  return { first, steady };
}

/** @param {typeof plans['full']} plan @returns {Promise<Table>} */
async function shareTable({ starts, later }) {
  const rows = [];
  for (const [name, request] of requests) {
    const echo = await timesOf('echo', request, starts);
    const stock = await timesOf('C', request, starts);
    const ours = await timesOf('ours', request, starts, later);
    const beyond = [ours.first, ours.steady, stock.first].map((time) => time - echo.first);
    rows.push([name, echo.first, ...beyond]);
  }
  return {
    title: `Where the time of a request goes, of the first ${most} and later, µs, medians`,
    columns: ['', 'the transport (echo)', 'ours beyond it', 'ours beyond it, later', 'C beyond it'],
    rows,
  };
}

/** @param {typeof plans['full']} plan @returns {Promise<Table>} */
async function compilerTable({ starts }) {
  const rows = [];
  for (const [name, request] of requests) {
    const interpreted = await timesOf('ours, interpreted', request, starts);
    const usual = await timesOf('ours, V8 as usual', request, starts);
    const early = await timesOf('ours', request, starts);
    rows.push([name, interpreted.first, usual.first, early.first]);
  }
  return {
    title: `The first ${most} requests by how V8 runs our code, µs, medians`,
    columns: ['', 'interpreter alone', 'as V8 decides', 'as it is'],
    rows,
  };
}

/** By strace, once nothing is new any more. @returns {Promise<Table>} */
async function callTable() {
  /** @type {Record<string, Record<string, Map<string, number>>>} */
  const calls = {};
  for (const who of /** @type {const} */ (['ours', 'C'])) {
    const program = await start(who, { records, cpu: undefined });
    /** @type {Record<string, Map<string, number>>} */
    const own = {};
    for (const [name, request] of requests) {
      const ask = (/** @type {number} */ count) =>
        program.channel.measure({ requests: [request], count, limitMs: enoughMs });
      await ask(tracedRounds);
      await after(settledMs);
      await ask(1);
      own[name] = await traced(program.channel.pid, () => ask(tracedRounds));
    }
    await program.close();
    calls[who] = own;
  }
  return {
    title:
      'System calls of a request that was made before; strace slows all down, so that ours sets its timer for each',
    columns: ['', 'ours', 'C', 'ours are'],
    rows: requests.map(([name]) => {
      const [ours, stock] = ['ours', 'C'].map((program) => calls[program]?.[name] ?? new Map());
      return [name, sumOf(ours), sumOf(stock), listOf(ours)];
    }),
  };
}

/** How often each call is made a round, while something is done. @param {number} pid @param {() => Promise<unknown>} work */
async function traced(pid, work) {
  const file = join(stockPools, 'calls');
  const strace = spawn('strace', ['-f', '-c', '-o', file, '-p', `${pid}`], { stdio: ['ignore', 'ignore', 'pipe'] });
  await once(strace.stderr, 'data');
  await work();
  strace.kill('SIGINT');
  await once(strace, 'exit');
  const rows = readFileSync(file, 'utf8').matchAll(/^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s+(?:\d+\s+)?([a-z]\w*)$/gm);
  return new Map([...rows].map(([, count, call]) => [call ?? '', Number(count) / tracedRounds]));
}

/** Rarer than this is of the wait before and after. */
const seldom = 0.7;

/** @param {ReadonlyMap<string, number> | undefined} calls @returns {number} */
function sumOf(calls) {
  return Math.round([...(calls ?? [])].filter(isOften).reduce((sum, [, count]) => sum + count, 0));
}

/** @param {ReadonlyMap<string, number> | undefined} calls */
function listOf(calls) {
  return [...(calls ?? [])]
    .filter(isOften)
    .sort(([, one], [, other]) => other - one)
    .map(([call, count]) => `${call} ${Math.round(count)}`)
    .join(', ');
}

/** @param {readonly [string, number]} call */
function isOften([name, count]) {
  return name !== 'total' && count > seldom;
}

/** @returns {Promise<Table>} */
async function memoryTable() {
  const program = await start('ours', { records: 0, cpu: undefined });
  const node = startIdleNode();
  await memoryOf(program.channel.pid);
  await memoryOf(node.pid);
  const [ours, idle] = [program.channel.pid, node.pid].map(privateKinds);
  node.end();
  await program.close();
  const kinds = /** @type {const} */ (['V8’s heap and other mappings', 'the C library’s heap', 'stacks and libraries']);
  return {
    title: 'What the private memory is, MB',
    columns: ['', 'ours', 'idle node', 'more'],
    rows: kinds.map((kind, index) => {
      const [own, others] = [ours?.[index] ?? NaN, idle?.[index] ?? NaN];
      return [kind, own, others, own - others];
    }),
  };
}

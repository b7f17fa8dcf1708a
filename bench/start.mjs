// From the start of the process until it is registered, against a Node that does nothing.
import { execFileSync } from 'node:child_process';
import { quickOption } from './quick-option.mjs';
import { pinned } from './rig/channel.mjs';
import { peer } from './rig/compile.mjs';
import { chosenCpu } from './rig/processor.mjs';
import { start } from './rig/programs.mjs';
import { summary } from './rig/statistics.mjs';
import { processTargets, verdict } from './targets.mjs';

export const isPrivate = true;

const rounds = { quick: 5, full: 30 };
const nanosecondsPerMillisecond = 1e6;

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = { rounds: quickOption(words) ? rounds.quick : rounds.full };
  const cpu = chosenCpu();
  const tables = [
    startTable('one processor', await startTimes({ ...plan, cpu })),
    startTable('any processor', await startTimes({ ...plan, cpu: undefined })),
  ];
  return { tables, figures: [] };
}

const names = /** @type {const} */ (['ours', 'C']);
const node = 'node -e 0';

/**
 * Nanoseconds from the start of a process until it is registered, and of a Node from start to end, in turn.
 * @param {{ rounds: number, cpu: number | undefined }} options
 */
export async function startTimes({ rounds, cpu }) {
  /** @type {Record<string, number[]>} */
  const times = Object.fromEntries([...names, node].map((name) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const program = await start(name, { records: 0, cpu });
      times[name]?.push(program.channel.registeredAfterNs);
      await program.close();
    }
    times[node]?.push(timeOfNode(cpu));
  }
  return times;
}

/** @param {number | undefined} cpu */
function timeOfNode(cpu) {
  const words = [...pinned(cpu), peer('elapsed'), process.execPath, '-e', '0'];
  return Number(execFileSync('env', words, { encoding: 'utf8' }));
}

/** @param {string} where @param {Readonly<Record<string, readonly number[]>>} times @returns {import('./table.mjs').Table} */
export function startTable(where, times) {
  const empty = summary(times[node] ?? []);
  return {
    title: `Start until registered, on ${where}, ms`,
    columns: ['', 'median', 'minimum', 'times node -e 0', 'of the minima', 'target', ''],
    rows: Object.entries(times).map(([name, own]) => {
      const { p50, minimum } = summary(own);
      const target = name === 'ours' ? processTargets.start : undefined;
      const multiples = [p50 / empty.p50, minimum / empty.minimum];
      const milliseconds = [p50 / nanosecondsPerMillisecond, minimum / nanosecondsPerMillisecond];
      return [name, ...milliseconds, ...multiples, target ?? '', verdict(p50 / empty.p50, target)];
    }),
  };
}

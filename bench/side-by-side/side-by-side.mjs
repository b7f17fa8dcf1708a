// Our daemon and the C daemon behind the same driver, in turn.
import { startMemoryTable } from '../memory.mjs';
import { quickOption } from '../quick-option.mjs';
import { chosenCpu } from '../rig/processor.mjs';
import { start } from '../rig/programs.mjs';
import { usage } from '../rig/usage.mjs';
import { startTable, startTimes } from '../start.mjs';
import { heldNote } from '../targets.mjs';
import { compare } from './compare.mjs';
import { otherExercises, poolExercises } from './operations.mjs';
import * as show from './result.mjs';

export const isPrivate = true;

const sizes = [0, 10, 100, 1000, 10_000];

const plans = {
  quick: { rounds: 3, limitMs: 40, warmUpMs: 20, compileCount: 3000, starts: 5, isFull: false },
  full: { rounds: 5, limitMs: 200, warmUpMs: 100, compileCount: 10_000, starts: 20, isFull: true },
};

/** @typedef {typeof plans['quick']} Plan */

/** @param {readonly string[]} words @returns {Promise<import('../run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const cpu = chosenCpu();
  const pinned = await compareAll(cpu, plan);
  const unpinned = plan.isFull ? await compareAll(undefined, { ...plan, rounds: plans.quick.rounds }) : undefined;
  const tables = [
    show.ratioTable('Round trips, all on one processor', pinned.measured),
    ...(unpinned ? [show.matrixTable('ours/C on any processor, by the number of records', unpinned.measured)] : []),
    show.usageTable(pinned.measured),
    ...(plan.isFull ? [show.diskTable(pinned.measured)] : []),
    startTable('one processor', await startTimes({ rounds: plan.starts, cpu })),
    show.memoryTable(pinned.memory),
    await startMemoryTable(),
  ];
  return {
    tables,
    figures: show.figures(pinned.measured),
    notes: [heldNote(tables)],
    measured: { pinned: pinned.measured, unpinned: unpinned?.measured },
  };
}

/** @param {number | undefined} cpu @param {Plan} plan */
async function compareAll(cpu, plan) {
  const measured = [];
  const memory = [];
  for (const records of sizes) {
    const compared = await compareAt(records, cpu, plan);
    measured.push(...compared.measured);
    memory.push(...compared.memory);
  }
  return { measured, memory };
}

/** @param {number} records @param {number | undefined} cpu @param {Plan} plan */
async function compareAt(records, cpu, plan) {
  const programs = [];
  const names = /** @type {const} */ ([
    'ours',
    'C',
    'echo',
    ...(plan.isFull ? /** @type {const} */ (['ours, disk']) : []),
  ]);
  for (const name of names) programs.push(await start(name, { records, cpu }));
  const exercises = [...(records === 0 ? otherExercises() : []), ...poolExercises(records)];
  const measured = [];
  for (const exercise of exercises) {
    const able = programs.filter(({ name }) => exercise.writes || name !== 'ours, disk');
    measured.push(...(await compare(able, exercise, { records, ...plan })));
  }
  const memory = programs.map(({ name, channel }) => ({
    program: name,
    records,
    peakRssMb: usage(channel.pid).peakRssMb,
  }));
  for (const program of programs) await program.close();
  return { measured, memory };
}

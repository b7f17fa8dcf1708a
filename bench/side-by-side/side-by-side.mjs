// Our daemon and the C daemon behind the same driver, in turn.
import { parseArgs } from 'node:util';
import { idleNodeRssKb, settledRssKb } from '../rig/idle-node.mjs';
import { chosenCpu } from '../rig/processor.mjs';
import { start } from '../rig/programs.mjs';
import { startTimes } from '../rig/start-times.mjs';
import { usage } from '../rig/usage.mjs';
import { compare } from './compare.mjs';
import { otherExercises, poolExercises } from './operations.mjs';
import * as show from './result.mjs';

export const isPrivate = true;

const sizes = [0, 10, 100, 1000, 10_000];
const kilobytesPerMegabyte = 1024;

const plans = {
  quick: { rounds: 3, limitMs: 50, warmUpMs: 30, starts: 5, isFull: false },
  full: { rounds: 5, limitMs: 300, warmUpMs: 200, starts: 20, isFull: true },
};

/** @typedef {typeof plans['quick']} Plan */

/** @param {readonly string[]} words @returns {Promise<import('../run.mjs').Result>} */
export async function measure(words) {
  const { values } = parseArgs({ args: [...words], options: { quick: { type: 'boolean', default: false } } });
  const plan = values.quick ? plans.quick : plans.full;
  const cpu = chosenCpu();
  const pinned = await compareAll(cpu, plan);
  const unpinned = plan.isFull ? await compareAll(undefined, { ...plan, rounds: plans.quick.rounds }) : undefined;
  const tables = [
    show.ratioTable('Round trips, all on one processor', pinned.measured),
    ...(unpinned ? [show.ratioTable('Round trips, on any processor', unpinned.measured)] : []),
    show.usageTable(pinned.measured),
    ...(plan.isFull ? [show.diskTable(pinned.measured)] : []),
    show.startTable(await startTimes(['ours', 'C'], { rounds: plan.starts, cpu })),
    show.memoryTable(pinned.memory),
    show.startMemoryTable(await startRssMb(), megabytes(await idleNodeRssKb())),
  ];
  return { tables, figures: show.figures(pinned.measured), notes: [show.targetNote(tables)] };
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
    peakRssMb: megabytes(usage(channel.pid).peakRssKb),
  }));
  for (const program of programs) await program.close();
  return { measured, memory };
}

async function startRssMb() {
  const program = await start('ours', { records: 0, cpu: undefined });
  const rssKb = await settledRssKb(program.channel.pid);
  await program.close();
  return megabytes(rssKb);
}

/** @param {number} kilobytes */
function megabytes(kilobytes) {
  return kilobytes / kilobytesPerMegabyte;
}

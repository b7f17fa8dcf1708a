// What a guest lives with: the first requests after the start, from code that nothing has made fast yet.
import { parseArgs } from 'node:util';
import { chosenCpu } from './rig/processor.mjs';
import { start } from './rig/programs.mjs';
import { median } from './rig/statistics.mjs';
import { otherExercises, poolExercises } from './side-by-side/operations.mjs';
import { firstTargets, heldNote, judged, targetOf, verdict } from './targets.mjs';

export const isPrivate = true;

/** How often both programs are started for each operation; its first requests are those of so many starts. */
const starts = { quick: 3, full: 5 };
const most = 1000;
const counts = [1, 10, 100, most];
const sizes = [0, 10, 100, 1000];
const enoughMs = 60_000;
const nanosecondsPerMicrosecond = 1000;

const names = /** @type {const} */ (['ours', 'C', 'echo']);

/** @param {readonly string[]} words --quick, --only TEXT in an operation's name @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const { values } = parseArgs({
    args: [...words],
    options: { quick: { type: 'boolean', default: false }, only: { type: 'string', default: '' } },
  });
  const rounds = values.quick ? starts.quick : starts.full;
  const rows = [];
  for (const records of sizes) {
    const exercises = [...(records === 0 ? otherExercises() : []), ...poolExercises(records)];
    const chosen = exercises.filter(({ names: operations }) => operations.some((name) => name.includes(values.only)));
    for (const exercise of chosen) rows.push(...(await rowsOf(exercise, records, rounds)));
  }
  const table = {
    title:
      'Requests after a start, one after the other, on one processor: medians, µs, and ours/C; at 1,000 records the target is for what is above the echo',
    columns: [
      ...['', 'records', ...counts.map((count) => (count === 1 ? 'first' : `first ${count}`))],
      ...[`C, first ${most}`, `echo, first ${most}`, ...counts.map((count) => `ours/C, ${count}`)],
      ...[`above echo, ${most}`, 'target', ''],
    ],
    rows,
  };
  return { tables: [table], figures: [], notes: [heldNote([table])] };
}

/**
 * @param {import('./side-by-side/operations.mjs').Exercise} exercise @param {number} records @param {number} rounds
 * @returns {Promise<(string | number)[][]>}
 */
async function rowsOf({ names: operations, requests }, records, rounds) {
  /** @type {Record<typeof names[number], number[][][]>} by round and operation */
  const times = { ours: [], C: [], echo: [] };
  for (let round = 0; round < rounds; round += 1) {
    for (const name of names) {
      const program = await start(name, { records, cpu: chosenCpu() });
      const { nanoseconds } = await program.channel.measure({ requests, count: most, limitMs: enoughMs });
      times[name].push(nanoseconds.map((own) => [...own]));
      await program.close();
    }
  }
  return operations.map((operation, index) => {
    /** @param {typeof names[number]} name @param {number} count */
    const medianOf = (name, count) => median(times[name].flatMap((round) => (round[index] ?? []).slice(0, count)));
    const ratios = counts.map((count) => medianOf('ours', count) / medianOf('C', count));
    const [ours, stock, echo] = names.map((name) => medianOf(name, most));
    const aboveEcho = (Number(ours) - Number(echo)) / (Number(stock) - Number(echo));
    const target = targetOf(operation, records, firstTargets);
    return [
      ...[operation, records, ...counts.map((count) => medianOf('ours', count) / nanosecondsPerMicrosecond)],
      ...[Number(stock) / nanosecondsPerMicrosecond, Number(echo) / nanosecondsPerMicrosecond, ...ratios, aboveEcho],
      ...[target ?? '', verdict(judged(records, ratios.at(-1) ?? NaN, aboveEcho), target)],
    ];
  });
}

import { summary } from '../rig/statistics.mjs';
import { usage } from '../rig/usage.mjs';

/** `sizeof(struct hv_kvp_msg)` on Linux. */
const messageSize = 7432;
const nanosecondsPerSecond = 1e9;
const compileLimitMs = 5000;

/**
 * @typedef {object} Measured times in nanoseconds
 * @property {string} program
 * @property {string} operation
 * @property {number} records
 * @property {number} p50
 * @property {number} p99
 * @property {number} count of round trips
 * @property {number} perSecond
 * @property {number} cpuNs a transaction, all threads and children
 * @property {number} bytesWritten a transaction; where two operations took turns, of both together, as is the processor time
 */

/**
 * Lets the programs do an exercise in turn, round after round.
 * @param {readonly import('../rig/programs.mjs').Running[]} programs
 * @param {import('./operations.mjs').Exercise} exercise
 * @param {{ records: number, rounds: number, limitMs: number, warmUpMs: number, compileCount: number }} options
 * @returns {Promise<readonly Measured[]>}
 */
export async function compare(programs, exercise, { records, rounds, limitMs, warmUpMs, compileCount }) {
  // V8 compiles what was run often: so often that it does not do so while it is measured, however busy the machine is.
  const { requests } = exercise;
  for (const { name, channel } of programs) {
    if (name.startsWith('ours')) await channel.measure({ requests, count: compileCount, limitMs: compileLimitMs });
  }
  const collected = programs.map((program) => ({ program, ...nothing(exercise) }));
  for (let round = 0; round < rounds; round += 1) {
    for (const own of collected) await takeTurn(own, exercise, { limitMs, warmUpMs });
  }
  return collected.flatMap(({ program, times, cpuNs, bytesWritten }) =>
    exercise.names.map((operation, index) => {
      const { p50, p99, mean, count } = summary(times[index] ?? []);
      const perSecond = nanosecondsPerSecond / mean;
      const shares = { cpuNs: cpuNs / count, bytesWritten: bytesWritten / count };
      return { program: program.name, operation, records, p50, p99, count, perSecond, ...shares };
    }),
  );
}

/** @param {import('./operations.mjs').Exercise} exercise */
function nothing({ names }) {
  return { times: names.map(() => /** @type {number[]} */ ([])), cpuNs: 0, bytesWritten: 0 };
}

/**
 * @param {{ program: import('../rig/programs.mjs').Running, times: number[][], cpuNs: number, bytesWritten: number }} own
 * @param {import('./operations.mjs').Exercise} exercise
 * @param {{ limitMs: number, warmUpMs: number }} options
 */
async function takeTurn(own, { names, requests, succeeds }, { limitMs, warmUpMs }) {
  const { channel, countsReplies, name } = own.program;
  await channel.measure({ requests, count: 1, limitMs: 0, warmUpMs });
  const before = usage(channel.pid);
  const { succeeded, nanoseconds } = await channel.measure({ requests, limitMs });
  const after = usage(channel.pid);
  const transactions = nanoseconds.reduce((total, times) => total + times.length, 0);
  if (name !== 'echo' && succeeded !== (succeeds ? transactions : 0)) {
    throw new Error(`${name} answered ${names.join(', ')} well ${succeeded} times of ${transactions}`);
  }
  for (const [index, times] of nanoseconds.entries()) own.times[index]?.push(...times);
  own.cpuNs += after.cpuNs - before.cpuNs;
  own.bytesWritten += after.bytesWritten - before.bytesWritten - (countsReplies ? transactions * messageSize : 0);
}

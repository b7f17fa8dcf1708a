import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Channel } from '../rig/channel.mjs';
import { peer } from '../rig/compile.mjs';
import { stockPools } from '../rig/folders.mjs';
import { chosenCpu } from '../rig/processor.mjs';
import { summary } from '../rig/statistics.mjs';

/** Ways of a Node to wait for a message and to move it, each a program in peers/. */
const ways = ['synchronous', 'burst-poll', 'poll-thread', 'thread-pool'];
const nanosecondsPerMicrosecond = 1000;
const pauseUs = 2000;
const requests = ['get 1 0 0'];

/**
 * Round trips to programs that send every message back.
 * @param {{ rounds: number, limitMs: number, warmUpMs: number }} plan @returns {Promise<import('../table.mjs').Table>}
 */
export async function transportTable(plan) {
  /** @type {(readonly number[])[]} */
  const columns = [];
  for (const cpu of [chosenCpu(), undefined]) columns.push(...(await columnsOn(cpu, plan)));
  const places = ['one processor', 'any processor'];
  return {
    title: 'Round trips to a program that sends every message back, µs',
    columns: [
      '',
      ...places.flatMap((place) => [`${place}, in a row`, `${place}, after ${pauseUs / nanosecondsPerMicrosecond} ms`]),
    ],
    rows: ['C', ...ways].map((name, index) => [name, ...columns.map((column) => column[index] ?? NaN)]),
  };
}

/** @param {number | undefined} cpu @param {{ rounds: number, limitMs: number, warmUpMs: number }} plan */
async function columnsOn(cpu, { rounds, limitMs, warmUpMs }) {
  const programs = [[peer('echo'), socketOf('C')], ...ways.map(wordsOf)];
  const channels = [];
  for (const [index, words] of programs.entries()) {
    channels.push({ channel: await Channel.open({ socket: socketOf(['C', ...ways][index] ?? ''), words, cpu }) });
  }
  const times = channels.map(() => ({
    inARow: /** @type {number[]} */ ([]),
    afterPause: /** @type {number[]} */ ([]),
  }));
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, { channel }] of channels.entries()) {
      const inARow = await channel.measure({ requests, limitMs, warmUpMs });
      const afterPause = await channel.measure({ requests, limitMs, warmUpMs, pauseUs });
      times[index]?.inARow.push(...(inARow.nanoseconds[0] ?? []));
      times[index]?.afterPause.push(...(afterPause.nanoseconds[0] ?? []));
    }
  }
  for (const { channel } of channels) await channel.close();
  /** @param {readonly number[]} own */
  const microseconds = (own) => summary(own).p50 / nanosecondsPerMicrosecond;
  return [times.map(({ inARow }) => microseconds(inARow)), times.map(({ afterPause }) => microseconds(afterPause))];
}

/** @param {string} way */
function wordsOf(way) {
  const program = fileURLToPath(new URL(`peers/${way}.mjs`, import.meta.url));
  return [peer('connected'), socketOf(way), process.execPath, program];
}

/** @param {string} name */
function socketOf(name) {
  return join(stockPools, `${name}.socket`);
}

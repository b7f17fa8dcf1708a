// How the cost grows: with the number of records, and of network adapters.
import { quickOption } from './quick-option.mjs';
import { adapterMac, addAdapters } from './rig/network.mjs';
import { chosenCpu } from './rig/processor.mjs';
import { guestPool, start } from './rig/programs.mjs';
import { summary } from './rig/statistics.mjs';
import { tableOf } from './table.mjs';

export const isPrivate = true;

/** The C daemon takes minutes where it is left out; a pass that takes longer than the limit is worked out from its first part. */
const plans = {
  quick: { sizes: [10, 100, 1000], stockSizes: [10, 100, 1000], adapters: [1, 10], limitMs: 300 },
  full: {
    sizes: [10, 100, 1000, 10_000, 100_000],
    stockSizes: [10, 100, 1000, 10_000],
    adapters: [1, 10, 100],
    limitMs: 10_000,
  },
};
const warmUpMs = 300;
/** Round trips for a steady mean, more than a small pool has records. */
const enough = 1000;
const setLimitMs = 500;
const nanosecondsPerMicrosecond = 1000;
const nanosecondsPerMillisecond = 1e6;

/** @typedef {import('./rig/programs.mjs').ProgramName} ProgramName */

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const ours = await growthOfPool('ours', plan.sizes, plan.limitMs);
  const stock = await growthOfPool('C', plan.stockSizes, plan.limitMs);
  const figures = [
    figure('growth-pass', 'ENUMERATE of a whole pool', 'ms', [
      { name: 'ours', points: ours.map(({ records, passMs }) => [records, passMs]) },
      { name: 'C', points: stock.map(({ records, passMs }) => [records, passMs]) },
    ]),
    figure('growth-set', 'SET overwrite', 'µs, median', [
      { name: 'ours', points: ours.map(({ records, setUs }) => [records, setUs]) },
      { name: 'C', points: stock.map(({ records, setUs }) => [records, setUs]) },
    ]),
    await growthOfAdapters(plan.adapters),
  ];
  return { tables: figures.map(tableOf), figures };
}

/** @param {string} name @param {string} title @param {string} y @param {readonly import('./run.mjs').Line[]} lines */
function figure(name, title, y, lines) {
  return { name, title, x: 'records', y, lines };
}

/** @param {ProgramName} name @param {readonly number[]} sizes @param {number} limitMs */
async function growthOfPool(name, sizes, limitMs) {
  const rows = [];
  for (const records of sizes) {
    const program = await start(name, { records, cpu: chosenCpu() });
    const { channel } = program;
    const last = records - 1;
    const requests = [`enumerate ${guestPool} 0 ${last}`];
    await channel.measure({ requests, limitMs: warmUpMs });
    const pass = await channel.measure({
      requests,
      count: Math.max(records, enough),
      limitMs,
    });
    const set = await channel.measure({ requests: [`set ${guestPool} 0 ${last}`], limitMs: setLimitMs, warmUpMs });
    const passMs = (summary(pass.nanoseconds[0] ?? []).mean * records) / nanosecondsPerMillisecond;
    rows.push({ records, passMs, setUs: summary(set.nanoseconds[0] ?? []).p50 / nanosecondsPerMicrosecond });
    await program.close();
  }
  return rows;
}

/** @param {readonly number[]} counts @returns {Promise<import('./run.mjs').Figure>} */
async function growthOfAdapters(counts) {
  const names = /** @type {const} */ (['ours', 'C']);
  const programs = [];
  for (const name of names) programs.push(await start(name, { records: 0, cpu: chosenCpu() }));
  const lines = names.map((name) => ({ name, points: /** @type {[number, number][]} */ ([]) }));
  let present = 1;
  for (const count of counts) {
    addAdapters(present, count);
    present = count;
    for (const [index, { channel }] of programs.entries()) {
      const { nanoseconds } = await channel.measure({
        requests: [`get-ip-info ${adapterMac}`],
        limitMs: setLimitMs,
        warmUpMs,
      });
      lines[index]?.points.push([count, summary(nanoseconds[0] ?? []).p50 / nanosecondsPerMicrosecond]);
    }
  }
  for (const program of programs) await program.close();
  return { name: 'growth-adapters', title: 'GET_IP_INFO', x: 'adapters', y: 'µs, median', lines };
}

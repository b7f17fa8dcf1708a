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
  quick: { sizes: [10, 100, 1000], stockSizes: [10, 100, 1000], adapters: [1, 10, 300], limitMs: 300 },
  full: {
    sizes: [10, 100, 1000, 10_000, 100_000],
    stockSizes: [10, 100, 1000, 10_000],
    adapters: [1, 10, 100, 300],
    limitMs: 10_000,
  },
};
/** Longer than the daemon keeps no addresses once it has noticed a change of the network. */
const networkWarmUpMs = 1500;
/** After so many, or so long, V8 has compiled what is measured. */
const compileCount = 5000;
const compileLimitMs = 2000;
/** Round trips for a steady median, more than a small pool has records. */
const enough = 1000;
const setLimitMs = 500;
const nanosecondsPerMicrosecond = 1000;
const nanosecondsPerMillisecond = 1e6;

const names = /** @type {const} */ (['ours', 'C']);

/** @typedef {typeof names[number]} ProgramName */

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  /** @type {Record<ProgramName, Cost[]>} */
  const costs = { ours: [], C: [] };
  for (const records of plan.sizes) {
    for (const name of names) {
      if (name === 'ours' || plan.stockSizes.includes(records)) {
        costs[name].push(await costAt(name, records, plan.limitMs));
      }
    }
  }
  const figures = [
    figure('growth-pass', 'ENUMERATE of a whole pool', 'ms, by the median round trip', costs, ({ passMs }) => passMs),
    figure('growth-set', 'SET overwrite', 'µs, median', costs, ({ setUs }) => setUs),
    ...(await growthOfAdapters(plan.adapters)),
  ];
  return { tables: figures.map(tableOf), figures };
}

/**
 * @param {string} name @param {string} title @param {string} y @param {Readonly<Record<ProgramName, readonly Cost[]>>} costs
 * @param {(cost: Cost) => number} value @returns {import('./run.mjs').Figure}
 */
function figure(name, title, y, costs, value) {
  const lines = names.map((own) => ({
    name: own,
    points: costs[own].map((cost) => /** @type {const} */ ([cost.records, value(cost)])),
  }));
  return { name, title, x: 'records', y, lines };
}

/** @typedef {{ records: number, passMs: number, setUs: number }} Cost */

/** @param {ProgramName} name @param {number} records @param {number} limitMs @returns {Promise<Cost>} */
async function costAt(name, records, limitMs) {
  const program = await start(name, { records, cpu: chosenCpu() });
  const last = records - 1;
  /** Median of a round trip in nanoseconds. @param {string} request @param {Partial<import('./rig/channel.mjs').Plan>} plan */
  const medianOf = async (request, plan) => {
    await program.channel.measure({ requests: [request], count: compileCount, limitMs: compileLimitMs });
    const { nanoseconds } = await program.channel.measure({ requests: [request], limitMs: setLimitMs, ...plan });
    return summary(nanoseconds[0] ?? []).p50;
  };
  const pass = await medianOf(`enumerate ${guestPool} 0 ${last}`, { count: Math.max(records, enough), limitMs });
  const set = await medianOf(`set ${guestPool} 0 ${last}`, {});
  await program.close();
  return { records, passMs: (pass * records) / nanosecondsPerMillisecond, setUs: set / nanosecondsPerMicrosecond };
}

/** What hosts ask of the network: of one adapter, and for the addresses of all. */
const networkRequests = [
  { name: 'growth-adapters', title: 'GET_IP_INFO', request: `get-ip-info ${adapterMac}` },
  { name: 'growth-addresses', title: 'NetworkAddressIPv4, while nothing changes', request: 'enumerate 2 2 2' },
];

/** @param {readonly number[]} counts @returns {Promise<readonly import('./run.mjs').Figure[]>} */
async function growthOfAdapters(counts) {
  const programs = [];
  for (const name of names) programs.push(await start(name, { records: 0, cpu: chosenCpu() }));
  const figures = networkRequests.map(({ request, ...words }) => {
    const lines = names.map((name) => ({ name, points: /** @type {[number, number][]} */ ([]) }));
    return { request, ...words, x: 'adapters', y: 'µs, median', lines };
  });
  let present = 1;
  for (const count of counts) {
    addAdapters(present, count);
    present = count;
    for (const [index, { channel }] of programs.entries()) {
      for (const { request, lines } of figures) {
        const { nanoseconds } = await channel.measure({
          requests: [request],
          limitMs: setLimitMs,
          warmUpMs: networkWarmUpMs,
        });
        lines[index]?.points.push([count, summary(nanoseconds[0] ?? []).p50 / nanosecondsPerMicrosecond]);
      }
    }
  }
  for (const program of programs) await program.close();
  return figures.map(({ name, title, x, y, lines }) => ({ name, title, x, y, lines }));
}

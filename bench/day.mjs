// A guest's day: a host that asks for a dozen things each minute, a daemon that slept between.
import { execFileSync } from 'node:child_process';
import { setTimeout as after } from 'node:timers/promises';
import { quickOption } from './quick-option.mjs';
import { peer } from './rig/compile.mjs';
import { guestPool, start } from './rig/programs.mjs';
import { median } from './rig/statistics.mjs';
import { usage } from './rig/usage.mjs';
import { heldNote, processTargets, verdict } from './targets.mjs';

export const isPrivate = true;

/** Of the burst after a pause: how long, and how often in each state. Of the day: its minutes, each shortened to a moment. */
const plans = {
  quick: { pauseMs: 3000, pauses: [3, 2], minutes: 100 },
  full: { pauseMs: 60_000, pauses: [3, 2], minutes: 1440 },
};
const minuteMs = 20;
const records = 10;
const autoKeyCount = 10;
const recordCount = 4;
const enoughMs = 60_000;
const nanosecondsPerMillisecond = 1e6;
const nanosecondsPerSecond = 1e9;
const millisecondsPerSecond = 1000;
const hoursPerDay = 24;
const minutesPerHour = 60;
const bytesPerMegabyte = 1e6;

const names = /** @type {const} */ (['ours, own Node', 'C']);
const states = /** @type {const} */ (['pages warm', 'after memory pressure']);

/** @typedef {import('./rig/programs.mjs').Running} Running */

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const programs = [];
  for (const name of names) programs.push(await start(name, { records, cpu: undefined }));
  const tables = [await burstTable(programs, plan), await dayTable(programs, plan.minutes)];
  for (const program of programs) await program.close();
  return { tables, figures: [], notes: [heldNote(tables)] };
}

/** The ten keys and four records, as hosts ask for them; milliseconds of all round trips. @param {Running} program */
async function burst({ channel }) {
  const keys = await channel.measure({ requests: ['enumerate 2 0 9'], count: autoKeyCount, limitMs: enoughMs });
  const own = await channel.measure({ requests: [`get ${guestPool} 0 9`], count: recordCount, limitMs: enoughMs });
  const all = [...keys.nanoseconds, ...own.nanoseconds].flat();
  return all.reduce((sum, time) => sum + time, 0) / nanosecondsPerMillisecond;
}

/** @param {readonly Running[]} programs @param {typeof plans['full']} plan @returns {Promise<import('./table.mjs').Table>} */
async function burstTable(programs, { pauseMs, pauses }) {
  const times = programs.map(() => states.map(() => /** @type {number[]} */ ([])));
  const resident = programs.map(() => states.map(() => NaN));
  // Nobody's first requests.
  for (const program of programs) await burst(program);
  for (const [state, name] of states.entries()) {
    for (let round = 0; round < (pauses[state] ?? 0); round += 1) {
      await after(pauseMs);
      for (const [index, program] of programs.entries()) {
        const { pid } = program.channel;
        if (name === 'after memory pressure') execFileSync(peer('pageout'), [`${pid}`]);
        if (resident[index]) resident[index][state] = usage(pid).rssMb;
        times[index]?.[state]?.push(await burst(program));
      }
    }
  }
  return {
    title: `${autoKeyCount + recordCount} requests after ${pauseMs / millisecondsPerSecond} s without any, ${pauses.join(' and ')} times: ms in total`,
    columns: ['', 'RSS before, MB', 'median', 'longest', 'target', ''],
    rows: programs.flatMap(({ name }, index) =>
      states.map((state, place) => {
        const own = times[index]?.[place] ?? [];
        const target = name === 'C' ? undefined : processTargets.burstMs;
        return [
          ...[`${shown(name)}, ${state}`, resident[index]?.[place] ?? NaN, median(own), Math.max(...own)],
          ...[target ?? '', verdict(median(own), target)],
        ];
      }),
    ),
  };
}

/** @param {string} name */
function shown(name) {
  return name.split(',')[0] ?? name;
}

/** @param {readonly Running[]} programs @param {number} minutes @returns {Promise<import('./table.mjs').Table>} */
async function dayTable(programs, minutes) {
  const before = programs.map(({ channel }) => usage(channel.pid));
  for (let minute = 0; minute < minutes; minute += 1) {
    for (const program of programs) {
      await burst(program);
      await program.channel.measure({ requests: [`set ${guestPool} 0 9`], count: 1, limitMs: enoughMs });
    }
    await after(minuteMs);
  }
  const share = (hoursPerDay * minutesPerHour) / minutes;
  return {
    title: `A day: each minute the ten keys, four records and one SET (${minutes} minutes of it, each of ${minuteMs} ms)`,
    columns: ['', 'processor s', 'wake-ups', 'page faults', 'MB written', 'target', ''],
    rows: programs.map(({ name, channel }, index) => {
      const now = usage(channel.pid);
      /** @param {'cpuNs' | 'sleeps' | 'faults' | 'bytesWritten'} key */
      const used = (key) => (now[key] - (before[index]?.[key] ?? NaN)) * share;
      const seconds = used('cpuNs') / nanosecondsPerSecond;
      const target = name === 'C' ? undefined : processTargets.dayCpuSeconds;
      return [
        ...[shown(name), seconds, Math.round(used('sleeps')), Math.round(used('faults'))],
        ...[used('bytesWritten') / bytesPerMegabyte, target ?? '', verdict(seconds, target)],
      ];
    }),
  };
}

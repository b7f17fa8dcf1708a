// What it costs to give root's rights up at the start, to be without them from the start, and to have a helper.
import { readFileSync } from 'node:fs';
import { memoryOf } from './memory.mjs';
import { quickOption } from './quick-option.mjs';
import { startIdleNode } from './rig/idle-node.mjs';
import { start } from './rig/programs.mjs';
import { summary } from './rig/statistics.mjs';

export const isPrivate = true;

const rounds = { quick: 5, full: 20 };
const nanosecondsPerMillisecond = 1e6;
const names = /** @type {const} */ ({
  ours: 'root all the time',
  'ours, never root': 'a user’s, as by the unit',
  'ours, lets go': 'root at first, then a user’s',
});

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const count = quickOption(words) ? rounds.quick : rounds.full;
  // The simulated device can be opened by the user, as udev's rule has it.
  process.umask(0);
  /** @type {Record<string, number[]>} */
  const times = {};
  /** @type {Record<string, Awaited<ReturnType<typeof memoryOf>>>} */
  const memory = {};
  for (let round = 0; round < count; round += 1) {
    for (const name of /** @type {(keyof typeof names)[]} */ (Object.keys(names))) {
      const program = await start(name, { records: 0, cpu: undefined });
      const { pid, registeredAfterNs } = program.channel;
      (times[names[name]] ??= []).push(registeredAfterNs / nanosecondsPerMillisecond);
      if (round === 0) memory[names[name]] = await memoryOf(pid);
      const helper = round === 0 && helperOf(pid);
      if (helper) memory['the helper, while it is there'] = await memoryOf(helper);
      await program.close();
    }
  }
  const node = startIdleNode();
  memory['idle node'] = await memoryOf(node.pid);
  node.end();
  const tables = [
    {
      title: 'Start until registered, ms',
      columns: ['', 'median', 'minimum'],
      rows: Object.entries(times).map(([name, own]) => [name, summary(own).p50, summary(own).minimum]),
    },
    {
      title: 'Memory after the start, MB',
      columns: ['', 'RSS', 'private', 'its share (PSS)'],
      rows: Object.entries(memory).map(([name, { rssMb, privateMb, pssMb }]) => [name, rssMb, privateMb, pssMb]),
    },
  ];
  return { tables, figures: [] };
}

/** The helper that a daemon has started. @param {number} pid */
function helperOf(pid) {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter(Boolean);
  const helper = children.find((child) => readFileSync(`/proc/${child}/cmdline`, 'utf8').includes('hyperv-kvp-helper'));
  return helper === undefined ? undefined : Number(helper);
}

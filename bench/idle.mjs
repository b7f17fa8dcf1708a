// What the daemon uses while nothing is asked, and what a million transactions leave behind.
import { setTimeout as after } from 'node:timers/promises';
import { memoryOf, startMemoryTable } from './memory.mjs';
import { quickOption } from './quick-option.mjs';
import { settledRssMb, startIdleNode } from './rig/idle-node.mjs';
import { everyday } from './rig/everyday.mjs';
import { start } from './rig/programs.mjs';
import { usage } from './rig/usage.mjs';
import { processTargets, heldNote, verdict } from './targets.mjs';

export const isPrivate = true;

const plans = {
  quick: { idleMs: 3000, transactions: 20_000 },
  full: { idleMs: 30_000, transactions: 1_000_000 },
};
const records = 10;
const untilCompiled = 10_000;
const nanosecondsPerMillisecond = 1e6;
const millisecondsPerSecond = 1000;

/** @param {readonly string[]} words @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const plan = quickOption(words) ? plans.quick : plans.full;
  const tables = [await idleTable(plan.idleMs), await startMemoryTable(), await growthTable(plan.transactions)];
  return { tables, figures: [], notes: [heldNote(tables)] };
}

/** @param {number} idleMs @returns {Promise<import('./table.mjs').Table>} */
async function idleTable(idleMs) {
  const programs = [];
  for (const name of /** @type {const} */ (['ours', 'C'])) {
    programs.push(await start(name, { records: 0, cpu: undefined }));
  }
  const node = startIdleNode();
  const pids = [
    ...programs.map(({ name, channel }) => ({ name, pid: channel.pid })),
    { name: 'idle node', pid: node.pid },
  ];
  for (const { pid } of pids) await settledRssMb(pid);
  const before = pids.map(({ pid }) => usage(pid));
  await after(idleMs);
  const rows = pids.map(({ name, pid }, index) => {
    const now = usage(pid);
    const wakeUps = now.sleeps - (before[index]?.sleeps ?? NaN);
    const cpuMs = (now.cpuNs - (before[index]?.cpuNs ?? NaN)) / nanosecondsPerMillisecond;
    const target = name === 'ours' ? processTargets.wakeUps : undefined;
    return [name, wakeUps, cpuMs, target ?? '', verdict(wakeUps, target)];
  });
  node.end();
  for (const program of programs) await program.close();
  return {
    title: `${idleMs / millisecondsPerSecond} s without a request, all threads`,
    columns: ['', 'wake-ups', 'CPU ms', 'target', ''],
    rows,
  };
}

/**
 * From the start, when nothing is compiled yet, and from the moment on when all that is asked often is: what still grows then
 * goes on growing.
 * @param {number} transactions @returns {Promise<import('./table.mjs').Table>}
 */
async function growthTable(transactions) {
  const program = await start('ours', { records, cpu: undefined });
  const traffic = everyday(program.channel, records);
  const node = startIdleNode();
  const idle = await memoryOf(node.pid);
  node.end();
  const look = () => memoryOf(program.channel.pid);
  const started = await look();
  await traffic.run(untilCompiled);
  const compiled = await look();
  await traffic.run(transactions);
  const late = await look();
  await program.close();
  const { growthMb, privateLaterMb } = processTargets;
  const growth = late.rssMb - compiled.rssMb;
  const beyond = late.privateMb - idle.privateMb;
  return {
    title: 'Memory after so many transactions, MB',
    columns: ['', 'RSS', 'more', 'private', 'beyond an idle node', 'target', ''],
    rows: [
      ['after the start', started.rssMb, '', started.privateMb, started.privateMb - idle.privateMb, '', ''],
      [
        ...[`after ${untilCompiled}`, compiled.rssMb, compiled.rssMb - started.rssMb],
        ...[compiled.privateMb, compiled.privateMb - idle.privateMb, '', ''],
      ],
      [`after ${transactions} more, RSS`, late.rssMb, growth, '', '', growthMb, verdict(growth, growthMb)],
      ['the same, private', '', '', late.privateMb, beyond, privateLaterMb, verdict(beyond, privateLaterMb)],
    ],
  };
}

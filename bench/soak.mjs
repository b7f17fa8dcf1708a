// Everyday traffic for an hour: does anything grow, does any reply go wrong?
import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { everyday } from './rig/everyday.mjs';
import { settledRssMb } from './rig/idle-node.mjs';
import { start } from './rig/programs.mjs';
import { processTargets, heldNote, verdict } from './targets.mjs';

export const isPrivate = true;

const records = 100;
const rowCount = 10;
const transactionsAtOnce = 10_000;
const millisecondsPerMinute = 60_000;

/** @param {readonly string[]} words --minutes COUNT @returns {Promise<import('./run.mjs').Result>} */
export async function measure(words) {
  const { values } = parseArgs({ args: [...words], options: { minutes: { type: 'string', default: '60' } } });
  const minutes = Number(values.minutes);
  if (!(minutes > 0)) throw new Error(`--minutes ${values.minutes} is no time`);
  const program = await start('ours', { records, cpu: undefined });
  const { pid } = program.channel;
  const traffic = everyday(program.channel, records);
  await traffic.run(transactionsAtOnce);
  const first = await look(pid);
  const rows = [[0, 0, first.rssMb, first.descriptors, first.threads, '']];
  let transactions = 0;
  for (let row = 1; row <= rowCount; row += 1) {
    const share = (minutes * row) / rowCount;
    const end = performance.now() + (minutes * millisecondsPerMinute) / rowCount;
    while (performance.now() < end) {
      await traffic.run(transactionsAtOnce);
      transactions += transactionsAtOnce;
    }
    const now = await look(pid);
    const isSteady = now.descriptors === first.descriptors && now.threads === first.threads;
    const held = verdict(isSteady ? now.rssMb - first.rssMb : Infinity, processTargets.growthMb);
    rows.push([share, transactions, now.rssMb, now.descriptors, now.threads, row === rowCount ? held : '']);
    console.error(`${share} minutes: ${transactions} transactions, ${now.rssMb.toFixed(1)} MB`);
  }
  await program.close();
  const columns = ['minutes', 'transactions', 'RSS MB', 'descriptors', 'threads', ''];
  const title = `Everyday traffic; at the end not more than ${processTargets.growthMb} MB, and no descriptor or thread, above the first row`;
  const tables = [{ title, columns, rows }];
  return { tables, figures: [], notes: [heldNote(tables)] };
}

/** @param {number} pid */
async function look(pid) {
  return {
    rssMb: await settledRssMb(pid),
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
    threads: readdirSync(`/proc/${pid}/task`).length,
  };
}

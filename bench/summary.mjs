// What an administrator wants to know first, and where the C daemon is better.
import { figureOf, tableOf } from './found.mjs';
import { cellText } from './table.mjs';

/** @typedef {import('./run.mjs').Kept} Kept @typedef {import('./table.mjs').Table} Table */

/** What both daemons use; the last column says whether less is better for whoever has a guest. */
const uses = [
  { name: 'memory of its own (private), MB', chapter: 'idle', title: 'Memory after the start', row: 'private' },
  {
    name: 'its share of all memory (PSS), MB',
    chapter: 'idle',
    title: 'Memory after the start',
    row: 'its share (PSS)',
  },
  {
    name: 'all that it has mapped (RSS; most of it Node’s own program), MB',
    chapter: 'idle',
    title: 'Memory after the start',
    row: 'RSS',
  },
];

/** Of tables with a row for each program. */
const perProgram = [
  { name: 'processor, a day of a host’s rhythm, s', chapter: 'day', title: 'A day', column: 'processor s' },
  { name: 'written to disk on that day, MB', chapter: 'day', title: 'A day', column: 'MB written' },
  { name: 'wake-ups while nothing is asked', chapter: 'idle', title: ' s without a request, all', column: 'wake-ups' },
  {
    name: 'start until the host can ask, ms',
    chapter: 'start',
    title: 'Start until registered, on any',
    column: 'median',
  },
];

const bursts = [
  { name: 'fourteen requests after a pause, ms', state: 'pages warm' },
  { name: 'the same after memory pressure, ms', state: 'after memory pressure' },
];

/** @param {readonly Kept[]} results @returns {Table} */
export function administratorTable(results) {
  const rows = [
    ...uses.map(({ name, chapter, title, row }) => {
      const table = tableOf(results, chapter, title);
      return [name, figureOf(table, row, 'ours'), figureOf(table, row, 'C')];
    }),
    ...perProgram.map(({ name, chapter, title, column }) => {
      const table = tableOf(results, chapter, title);
      return [name, figureOf(table, 'ours', column), figureOf(table, 'C', column)];
    }),
    ...bursts.map(({ name, state }) => {
      const table = tableOf(results, 'day', '14 requests');
      return [name, figureOf(table, `ours, ${state}`, 'median'), figureOf(table, `C, ${state}`, 'median')];
    }),
  ];
  return { title: 'What a guest pays', columns: ['', 'ours', 'C'], rows };
}

/** Where the C daemon takes less, in words. @param {readonly Kept[]} results */
export function betterText(results) {
  const uses = administratorTable(results).rows.flatMap(([name, ours, stock]) =>
    Number(stock) < Number(ours) ? [`- ${name}: ${cellText(stock ?? NaN)} against ${cellText(ours ?? NaN)}`] : [],
  );
  const first = slower(results, 'first', 'Requests after a start', 'ours/C, 1000');
  const steady = slower(results, 'side-by-side', 'Round trips', 'ours/C');
  return `Where the C daemon is better:

${uses.join('\n')}
- the first request after a start, which finds code that V8 has not even read: ${firstRequest(results)}
- the first 1,000 requests after a start, by how many times: ${first}
- requests after that, by how many times: ${steady}

In all else of these tables ours is as good or better, and from some dozens of records on by far: the C daemon reads its whole pool for
a GET and writes it whole for a SET.`;
}

/** @param {readonly Kept[]} results @param {string} chapter @param {string} title @param {string} column */
function slower(results, chapter, title, column) {
  const table = tableOf(results, chapter, title);
  const place = table?.columns.indexOf(column) ?? -1;
  const rows = (table?.rows ?? []).filter((row) => Number(row[place]) > 1);
  if (rows.length === 0) return 'none';
  return rows.map((row) => `${row[0]} at ${cellText(row[1] ?? '')} ${cellText(row[place] ?? '')}`).join(', ');
}

/** @param {readonly Kept[]} results */
function firstRequest(results) {
  const table = tableOf(results, 'first', 'Requests after a start');
  const microsecondsPerMillisecond = 1000;
  const own = figureOf(table, 'GET miss', 'first') / microsecondsPerMillisecond;
  return `${cellText(own)} ms for a GET, ${cellText(figureOf(table, 'GET miss', 'ours/C, 1'))} times as long as the C daemon’s`;
}

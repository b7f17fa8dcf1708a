// Every target beside what was measured, and why one is missed.
import { cellOf, figureOf, tableOf } from './found.mjs';
import { reasons } from './reasons.mjs';
import { cellText } from './table.mjs';
import { firstTargets, groups, judged, processTargets, targetOf, targets, verdict } from './targets.mjs';

/** @typedef {import('./run.mjs').Kept} Kept @typedef {import('./table.mjs').Table} Table */

/** Where the figures of operations are. */
const phases = [
  {
    chapter: 'first',
    title: 'Requests after a start',
    ratio: 'ours/C, 1000',
    aboveEcho: 'above echo, 1000',
    of: firstTargets,
  },
  { chapter: 'side-by-side', title: 'Round trips', ratio: 'ours/C', aboveEcho: 'above echo', of: targets },
];

/** Of the process: where its figure is. */
const processRows = [
  {
    name: 'a burst after a pause, ms',
    chapter: 'day',
    title: '14 requests',
    row: 'ours, pages warm',
    column: 'median',
    target: processTargets.burstMs,
  },
  {
    name: 'the same after memory pressure, ms',
    chapter: 'day',
    title: '14 requests',
    row: 'ours, after memory pressure',
    column: 'median',
    target: processTargets.burstMs,
  },
  {
    name: 'start until registered, times node -e 0',
    chapter: 'start',
    title: 'Start until registered, on one',
    row: 'ours',
    column: 'times node -e 0',
    target: processTargets.start,
  },
  {
    name: 'private memory beyond an idle node, MB',
    chapter: 'idle',
    title: 'Memory after the start',
    row: 'private',
    column: 'more than it',
    target: processTargets.privateMb,
  },
  {
    name: 'private memory beyond an idle node after many requests, MB',
    chapter: 'idle',
    title: 'Memory after so many',
    row: 'the same, private',
    column: 'beyond an idle node',
    target: processTargets.privateLaterMb,
  },
  {
    name: 'a day of a host’s rhythm, s of processor',
    chapter: 'day',
    title: 'A day',
    row: 'ours',
    column: 'processor s',
    target: processTargets.dayCpuSeconds,
  },
];

/** The names of all rows. */
export const rowNames = [...groups, ...processRows].map(({ name }) => name);

/** @param {readonly Kept[]} results @returns {readonly Table[]} */
export function reachTables(results) {
  return [
    {
      title: 'Ratios to the C daemon, of the worst operation of each row; at 1,000 records above the echo',
      columns: ['', 'first 1,000', 'of', 'target', '', 'steady', 'of', 'target', ''],
      rows: groups.map((group) => [group.name, ...phases.flatMap((phase) => worstOf(results, group, phase))]),
    },
    {
      title: 'The process',
      columns: ['', 'measured', 'target', ''],
      rows: processRows.map(({ name, chapter, title, row, column, target }) => {
        const value = figureOf(tableOf(results, chapter, title), row, column);
        return [name, value, target, verdict(value, target)];
      }),
    },
  ];
}

/**
 * The worst, whose it is, its target, and whether that holds. @param {readonly Kept[]} results @param {typeof groups[number]} group
 * @param {typeof phases[number]} phase @returns {readonly (string | number)[]}
 */
function worstOf(results, { operations, records: sizes }, { chapter, title, ratio, aboveEcho, of }) {
  const table = tableOf(results, chapter, title);
  const own = (table?.rows ?? []).flatMap((row) => {
    const [operation, records] = row;
    if (typeof records !== 'number' || !operations.includes(String(operation)) || !sizes.includes(records)) return [];
    const value = judged(records, cellOf(table, row, ratio), cellOf(table, row, aboveEcho));
    return [{ operation: String(operation), records, value }];
  });
  const [worst] = own.sort((one, other) => other.value - one.value);
  const target = targetOf(operations[0] ?? '', sizes[0] ?? 0, of);
  if (worst === undefined) return ['', '', target ?? '', ''];
  const at = sizes.length > 1 ? `${worst.operation} at ${worst.records}` : worst.operation;
  return [worst.value, at, target ?? '', verdict(worst.value, target)];
}

/** For each row that misses a target: why, with the figures that show it. @param {readonly Kept[]} results */
export function reasonsText(results) {
  const missed = reachTables(results).flatMap(({ rows }) => rows.filter((row) => row.includes(verdict(1, 0))));
  const lines = missed.map(([name]) => {
    const reason = reasons[String(name)];
    return `- **${name}**: ${reason === undefined ? 'not explained yet' : reason(lookUp(results))}`;
  });
  return lines.length === 0
    ? 'Every target holds.'
    : `Why a target is missed, and what shows it:\n\n${lines.join('\n')}`;
}

/** @param {readonly Kept[]} results @returns {(chapter: string, title: string, row: string, column: string) => string} */
function lookUp(results) {
  return (chapter, title, row, column) => cellText(figureOf(tableOf(results, chapter, title), row, column));
}

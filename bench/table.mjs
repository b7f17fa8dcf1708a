const digits = 3;

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} columns
 * @property {readonly (readonly (string | number)[])[]} rows
 */

/** A table in columns, for the screen. @param {Table} table */
export function tableText({ columns, rows }) {
  const all = [columns, ...rows.map((row) => row.map(cellText))];
  const widths = columns.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0)));
  return all.map((row) => row.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join('  ')).join('\n');
}

/** A figure's numbers: a row for each line of it, a column for each x. @param {import('./run.mjs').Figure} figure @returns {Table} */
export function tableOf({ title, x, y, lines }) {
  const columns = [...new Set(lines.flatMap(({ points }) => points.map(([at]) => at)))].sort((a, b) => a - b);
  return {
    title: `${title}, ${y}`,
    columns: [x, ...columns.map(cellText)],
    rows: lines.map(({ name, points }) => [
      name,
      ...columns.map((column) => points.find(([at]) => at === column)?.[1] ?? ''),
    ]),
  };
}

/** Numbers to three digits. @param {string | number} value */
export function cellText(value) {
  if (typeof value === 'string') return value;
  return Number(value.toPrecision(digits)).toLocaleString('en', { maximumSignificantDigits: digits });
}

/** Text to the left, numbers to the right. @param {string} cell @param {number} column @param {number} width */
function aligned(cell, column, width) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

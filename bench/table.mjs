const digits = 3;

/** A line of text for each line of the figure, a column for each x. @param {import('./run.mjs').Figure} figure */
export function table({ x, lines }) {
  const columns = lines[0]?.points.map(([at]) => at.toLocaleString('en')) ?? [];
  const rows = lines.map(({ name, points }) => [name, ...points.map(([, y]) => rounded(y))]);
  const all = [[x, ...columns], ...rows];
  const widths = all[0]?.map((_, column) => Math.max(...all.map((row) => row[column]?.length ?? 0))) ?? [];
  return all.map((row) => row.map((cell, column) => aligned(cell, column, widths[column] ?? 0)).join('  ')).join('\n');
}

/** @param {number} value */
function rounded(value) {
  return Number(value.toPrecision(digits)).toLocaleString('en');
}

/** Text to the left, numbers to the right. @param {string} cell @param {number} column @param {number} width */
function aligned(cell, column, width) {
  return column === 0 ? cell.padEnd(width) : cell.padStart(width);
}

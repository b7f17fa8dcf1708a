export type Align = 'left' | 'right';

const gap = '  ';

/** Rows in columns, a line each; every column is as wide as its widest cell, and the first ones are aligned as told. */
export function columns(rows: readonly (readonly string[])[], aligns: readonly Align[] = []): readonly string[] {
  const widths = (rows[0] ?? []).map((_, at) => Math.max(...rows.map((row) => row[at]?.length ?? 0)));
  const padded = (cell: string, at: number): string =>
    aligns[at] === 'right' ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0);
  return rows.map((row) => row.map(padded).join(gap).trimEnd());
}

import { displayWidth } from './display-width.ts';

export type Align = 'left' | 'right';

/** Between columns. */
export const gap = '  ';

/** Rows in columns, a line each; every column is as wide as its widest cell, and the first ones are aligned as given. */
export function columns(rows: readonly (readonly string[])[], aligns: readonly Align[] = []): readonly string[] {
  const widths = widthsOf(rows);
  return rows.map((row) => inColumns(row, widths, aligns));
}

/** How wide each column must be for the rows, of which there may be any number. */
export function widthsOf(rows: Iterable<readonly string[]>): readonly number[] {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, displayWidth(cell));
  }
  return widths;
}

/** A row as a line. */
export function inColumns(row: readonly string[], widths: readonly number[], aligns: readonly Align[] = []): string {
  const padded = (cell: string, at: number): string => {
    const space = ' '.repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell)));
    return aligns[at] === 'right' ? `${space}${cell}` : `${cell}${space}`;
  };
  return row.map(padded).join(gap).trimEnd();
}

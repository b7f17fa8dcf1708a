// Looks figures up in the tables of results.

/** @typedef {import('./run.mjs').Kept} Kept @typedef {import('./table.mjs').Table} Table */

/** The first table of a chapter that has this in its title; undefined if there is none. @param {readonly Kept[]} results @param {string} chapter @param {string} title @returns {Table | undefined} */
export function tableOf(results, chapter, title) {
  const kept = results.find(({ name }) => name === chapter);
  return kept?.tables.find((table) => table.title.includes(title));
}

/** A number of a row; NaN where there is none. @param {Table | undefined} table @param {string} row its first cell @param {string} column */
export function figureOf(table, row, column) {
  return cellOf(
    table,
    table?.rows.find(([first]) => first === row),
    column,
  );
}

/** @param {Table | undefined} table @param {readonly (string | number)[] | undefined} row @param {string} column */
export function cellOf(table, row, column) {
  const cell = row?.[table?.columns.indexOf(column) ?? -1];
  return typeof cell === 'number' ? cell : NaN;
}

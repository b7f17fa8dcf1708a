import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { reasons } from '../../../bench/reasons.mjs';
import type { Kept } from '../../../bench/run.mjs';
import { reachTables, reasonsText, rowNames } from '../../../bench/to-reach.mjs';

const kept = join(import.meta.dirname, '../../../docs/performance.json');
// The report wrote it.
const results = JSON.parse(readFileSync(kept, 'utf8')) as Kept[];

describe('the targets of the report', () => {
  it('each have a reason at hand for when they are missed, and no reason is of another row', () => {
    expect(Object.keys(reasons).sort()).toEqual([...rowNames].sort());
  });

  it('are all measured', () => {
    const rows = reachTables(results).flatMap(({ rows }) => rows);
    expect(rows.map(([name]) => name)).toEqual(rowNames);
    for (const row of rows) expect(row[1], String(row[0])).toBeGreaterThan(0);
  });

  it('are explained where they are missed, with figures that were measured', () => {
    const missed = reachTables(results).flatMap(({ rows }) => rows.filter((row) => row.includes('does NOT hold')));
    const text = reasonsText(results);
    for (const [name] of missed) expect(text).toContain(`- **${name}**: `);
    expect(text).not.toMatch(/NaN|undefined|not explained yet/);
  });

  it('are found by the very titles and columns of the benchmarks', () => {
    const tables = reachTables(results.map((own) => ({ ...own, tables: [] })));
    for (const { rows } of tables) for (const row of rows) expect(row).not.toContain('holds');
  });
});

import { isSystemError } from '../../device/system-error.ts';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { firstOfEachKey } from '../../pools/first-of-each-key.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import type { ReadablePools } from './live-auto-pool.ts';
import { gap, inColumns, widthsOf } from '../columns.ts';
import { shortened } from '../display-width.ts';
import { NotFound } from '../failure.ts';
import { type Output, paint, writeEach, writeJsonArray } from '../output.ts';
import { type GivenKey, isMeant, meantAmong } from './meant-keys.ts';
import { missingKey } from './missing-key.ts';
import { fieldJson, type RecordJson, recordJson } from './record-json.ts';

export interface ListOptions {
  readonly wanted: readonly PoolNumber[];
  /** Only these; all if there are none. */
  readonly keys: readonly GivenKey[];
  /** One record a key, the one that GET means, by their names. */
  readonly unique: boolean;
  /** Each key once, and no values. */
  readonly keysOnly: boolean;
  /** On a terminal: values in their whole length. */
  readonly full: boolean;
}

interface Listed {
  readonly pool: PoolNumber;
  readonly records: readonly KeyAndValue[];
}

/** Prints keys and values. A pool that cannot be read is reported at the end, after those that can. */
export async function list(pools: ReadablePools, options: ListOptions, output: Output): Promise<void> {
  const read: Listed[] = [];
  const failures: Error[] = [];
  for (const pool of options.wanted) {
    try {
      read.push({ pool, records: await pools.at(pool).records() });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      failures.push(error);
    }
  }
  const meant = options.keys.map((given) => meantInAny(given, read));
  const listed = meant.length === 0 && !options.unique ? read : read.map((each) => chosen(each, meant, options.unique));
  if (options.keysOnly) writeKeys(listed, output);
  else if (output.json) writeJsonArray(output, jsonOf(listed));
  else writeEach(output, output.isTerminal ? table(listed, options, output) : lines(listed));
  if (failures[0] !== undefined) throw failures[0];
  const missing = meant.filter((given) => !has(listed, given));
  if (missing.length > 0) throw new NotFound(missing.map((given) => missingKey(options.wanted, given)).join('\n'));
}

function meantInAny(given: GivenKey, read: readonly Listed[]): GivenKey {
  return read.reduce((found, { records }) => meantAmong(found, records), given);
}

function chosen({ pool, records }: Listed, keys: readonly GivenKey[], unique: boolean): Listed {
  const wanted = keys.length === 0 ? records : records.filter(({ key }) => keys.some((given) => isMeant(given, key)));
  return { pool, records: unique ? uniqueByKey(wanted) : wanted };
}

function has(listed: readonly Listed[], given: GivenKey): boolean {
  return listed.some(({ records }) => records.some(({ key }) => isMeant(given, key)));
}

/** One a line, as they are to be typed but for control characters; in JSON with their pools. */
function writeKeys(listed: readonly Listed[], output: Output): void {
  const each = listed.flatMap(({ pool, records }) =>
    [...firstOfEachKey(records).values()].map(({ key }) => ({ pool, key })),
  );
  if (output.json) {
    writeJsonArray(
      output,
      each.map(({ pool, key }) => ({ pool: poolName(pool), ...fieldJson('key', key) })),
    );
    return;
  }
  writeEach(output, new Set(each.map(({ key }) => `${printable(key.toString())}\n`)));
}

function uniqueByKey(records: readonly KeyAndValue[]): readonly KeyAndValue[] {
  return [...firstOfEachKey(records).values()].sort((one, other) => Buffer.compare(one.key, other.key));
}

function* jsonOf(listed: readonly Listed[]): Generator<RecordJson> {
  for (const { pool, records } of listed) for (const record of records) yield recordJson(pool, record);
}

function* lines(listed: readonly Listed[]): Generator<string> {
  for (const row of rows(listed)) yield `${row.join('\t')}\n`;
}

function* table(listed: readonly Listed[], { full }: ListOptions, output: Output): Generator<string> {
  if (listed.every(({ records }) => records.length === 0)) {
    yield paint(output, 'dim', 'no records\n');
    return;
  }
  const most = full ? Infinity : output.width;
  // The rows are made twice, so that they need not all be kept; the last column needs no width.
  const widths = widthsOf(withHead(listed, mostOfKey(most))).slice(0, -1);
  const mostOfValue = Math.max(fewest, most - widths.reduce((sum, width) => sum + width + gap.length, 0));
  let style: 'bold' | undefined = 'bold';
  for (const row of withHead(listed, mostOfKey(most))) {
    const line = inColumns(row.with(-1, shortened(row.at(-1) ?? '', mostOfValue)), widths);
    yield `${style === undefined ? line : paint(output, style, line)}\n`;
    style = undefined;
  }
}

/** Columns that a value has at least, so that it differs visibly from others. */
const fewest = 12;

function mostOfKey(width: number): number {
  return Math.max(fewest, Math.floor(width / 2));
}

function* withHead(listed: readonly Listed[], keyWidth: number): Generator<readonly string[]> {
  yield ['POOL', 'KEY', 'VALUE'];
  for (const [pool = '', key = '', value = ''] of rows(listed)) yield [pool, shortened(key, keyWidth), value];
}

function* rows(listed: readonly Listed[]): Generator<readonly string[]> {
  for (const { pool, records } of listed) {
    for (const { key, value } of records) {
      yield [poolName(pool), printable(key.toString()), printable(value.toString())];
    }
  }
}

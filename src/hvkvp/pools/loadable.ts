import * as v from 'valibot';
import { parseJson } from '../../message/json.ts';
import { poolNamed, poolName, PoolNumber } from '../../message/pool.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import { UsageError } from '../failure.ts';

/** A record to be loaded, with its place in the input for messages. */
export interface Loadable extends KeyAndValue {
  readonly pool: PoolNumber;
  /** Such as "line 3". */
  readonly place: string;
}

const recordSchema = v.strictObject({
  pool: v.optional(v.union([v.string(), v.number()])),
  key: v.optional(v.string()),
  value: v.optional(v.string()),
  key_base64: v.optional(v.pipe(v.string(), v.base64())),
  value_base64: v.optional(v.pipe(v.string(), v.base64())),
  // What `get --json` adds.
  chunk: v.optional(v.string()),
});
const mapSchema = v.record(v.string(), v.string());

type RecordInput = v.InferOutput<typeof recordSchema>;

/**
 * The records in a text: JSON objects a line as `dump` prints them, an array of them, an object of keys and values, or lines of
 * KEY=VALUE, which may end as on Windows. Throws {@link UsageError} that names the place. `pool` goes before what a record says.
 */
export function parseLoadable(text: string, pool: PoolNumber | undefined): readonly Loadable[] {
  const whole = parseJson(text);
  if (Array.isArray(whole)) return whole.map((each, at) => recordAt(each, `record ${at + 1}`, pool));
  if (isObject(whole) && !('key' in whole) && !('key_base64' in whole)) return fromMap(whole, pool);
  return text
    .split(/\r?\n/)
    .map((line, at) => ({ line, place: `line ${at + 1}` }))
    .filter(({ line }) => line.trim() !== '')
    .map(({ line, place }) =>
      line.startsWith('{') ? recordAt(parseLine(line, place), place, pool) : pairAt(line, place, pool),
    );
}

function fromMap(map: object, pool = PoolNumber.guest as PoolNumber): readonly Loadable[] {
  const parsed = v.safeParse(mapSchema, map);
  if (!parsed.success) throw new UsageError('the values of an object must be strings');
  return Object.entries(parsed.output).map(([key, value], at) => ({
    pool,
    key: Buffer.from(key),
    value: Buffer.from(value),
    place: `record ${at + 1}`,
  }));
}

function pairAt(line: string, place: string, pool: PoolNumber | undefined): Loadable {
  const at = line.indexOf('=');
  if (at < 0) throw new UsageError(`${place}: neither a JSON object nor KEY=VALUE`);
  const [key, value] = [line.slice(0, at), line.slice(at + 1)];
  return { pool: pool ?? PoolNumber.guest, key: Buffer.from(key), value: Buffer.from(value), place };
}

function recordAt(input: unknown, place: string, pool: PoolNumber | undefined): Loadable {
  const parsed = v.safeParse(recordSchema, input);
  if (!parsed.success) {
    const [issue] = parsed.issues;
    throw new UsageError(
      `${place}: ${issue.path?.map(({ key }) => String(key)).join('.') ?? 'record'}: ${issue.message}`,
    );
  }
  const { output: record } = parsed;
  return {
    pool: pool ?? poolOf(record, place),
    key: bytesOf(record.key, record.key_base64, 'key', place),
    value: bytesOf(record.value, record.value_base64, 'value', place),
    place,
  };
}

function poolOf({ pool }: RecordInput, place: string): PoolNumber {
  const found = poolNamed(String(pool ?? poolName(PoolNumber.guest)));
  if (found === undefined) throw new UsageError(`${place}: unknown pool '${pool ?? ''}'`);
  return found;
}

function bytesOf(text: string | undefined, base64: string | undefined, what: string, place: string): Buffer {
  if (text !== undefined) return Buffer.from(text);
  if (base64 === undefined) throw new UsageError(`${place}: the ${what} is missing`);
  return Buffer.from(base64, 'base64');
}

function parseLine(line: string, place: string): unknown {
  const parsed = parseJson(line);
  if (parsed === undefined) throw new UsageError(`${place}: not valid JSON`);
  return parsed;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}

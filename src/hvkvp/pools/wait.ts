import { type ChunkSchemeName, chunkSchemes } from '../../chunks/schemes.ts';
import type { PoolNumber } from '../../message/pool.ts';
import { waitUntilFound, type WatchedPools } from '../../pool-changes/watch-pools.ts';
import { firstOfEachKey } from '../../pools/first-of-each-key.ts';
import type { KeyAndValue } from '../../pools/pool.ts';
import { keyText } from '../../pools/record.ts';
import { TimeUp } from '../failure.ts';
import { type GivenKey, isMeant, meantInPools } from './meant-keys.ts';
import { missingKey } from './missing-key.ts';
import { writeValue } from './get.ts';
import { type Output, writeJson } from '../output.ts';
import { recordJson } from './record-json.ts';

export interface WaitOptions {
  /** What to wait for: that it is there, that it has a value, another one than now, or none. */
  readonly until: 'there' | 'changed' | 'gone' | Buffer;
  readonly timeoutMs: number;
  /** How the value is split. */
  readonly scheme: ChunkSchemeName | undefined;
  /** How long no part must have come until all are taken to be there. */
  readonly settleMs: number;
}

interface Found {
  readonly pool: PoolNumber;
  readonly record: KeyAndValue;
}

type State = ReadonlyMap<string, Found>;

/** Waits until a key, or one that a pattern fits, is as it is wanted, and prints its value. Throws {@link TimeUp} when the time is up. */
export async function waitCommand(
  watched: WatchedPools,
  given: GivenKey,
  options: WaitOptions,
  output: Output,
): Promise<void> {
  const signal = AbortSignal.timeout(options.timeoutMs);
  const found = await Promise.race([search(watched, given, options, signal), whenAborted(signal)]);
  if (found === undefined) throw new TimeUp(timeUp(watched.wanted, given, options));
  if (found === 'gone') {
    if (output.json) writeJson(output, { key: given.key.toString(), gone: true });
  } else if (output.json) {
    const { pool, record } = found;
    writeJson(output, { ...recordJson(pool, record), ...(options.scheme && { chunk: options.scheme }) });
  } else writeValue(found.record.value, true, output);
}

async function search(
  watched: WatchedPools,
  given: GivenKey,
  options: WaitOptions,
  signal: AbortSignal,
): Promise<Found | 'gone' | undefined> {
  const { until, scheme, settleMs } = options;
  const meant = await meantInPools(given, watched);
  const look = (): Promise<State> => stateOf(watched, meant, scheme);
  const before = await look();
  const find = async (): Promise<Found | 'gone' | undefined> => wantedIn(await look(), until, before);
  let found = await waitUntilFound(watched, find, signal);
  // Nothing shows which part is the last.
  while (scheme !== undefined && typeof until === 'string' && found !== undefined && found !== 'gone') {
    const { record } = found;
    const findOther = async (): Promise<Found | 'gone' | undefined> => {
      const now = await find();
      return now !== 'gone' && now?.record.value.equals(record.value) === true ? undefined : now;
    };
    // Held by its timer: Node 20 forgets AbortSignal.timeout() if it is only a part of another signal.
    const settled = new AbortController();
    const timer = setTimeout(() => {
      settled.abort();
    }, settleMs).unref();
    const other = await waitUntilFound(watched, findOther, AbortSignal.any([signal, settled.signal]));
    clearTimeout(timer);
    if (other === undefined) return signal.aborted ? undefined : found;
    found = other;
  }
  return found;
}

/** The keys that are meant, each from the first pool that has it. */
async function stateOf(
  { pools, wanted }: WatchedPools,
  meant: GivenKey,
  scheme: ChunkSchemeName | undefined,
): Promise<State> {
  const state = new Map<string, Found>();
  for (const pool of wanted) {
    if (meant.pattern === undefined && state.size > 0) break;
    for (const record of await recordsOf(pools.at(pool), meant, scheme)) {
      const name = keyText(record.key);
      if (!state.has(name)) state.set(name, { pool, record });
    }
  }
  return state;
}

async function recordsOf(
  pool: ReturnType<WatchedPools['pools']['at']>,
  meant: GivenKey,
  scheme: ChunkSchemeName | undefined,
): Promise<readonly KeyAndValue[]> {
  const { key, pattern } = meant;
  if (pattern !== undefined) {
    return [...firstOfEachKey(await pool.records()).values()].filter((record) => isMeant(meant, record.key));
  }
  const value = scheme === undefined ? await pool.get(key) : chunkSchemes[scheme].join(key, await pool.records());
  return value === undefined ? [] : [{ key, value: Buffer.from(value) }];
}

function wantedIn(now: State, until: WaitOptions['until'], before: State): Found | 'gone' | undefined {
  if (until === 'gone') return now.size === 0 ? 'gone' : undefined;
  return [...now.values()].find(({ pool, record: { key, value } }) => {
    if (until === 'there') return true;
    if (until !== 'changed') return value.equals(until);
    const former = before.get(keyText(key));
    return former?.pool !== pool || !former.record.value.equals(value);
  });
}

function timeUp(wanted: readonly PoolNumber[], given: GivenKey, { until, timeoutMs }: WaitOptions): string {
  const after = `after ${timeoutMs / 1000} s`;
  if (until === 'there') return `${missingKey(wanted, given)} ${after}`;
  const what = given.pattern === undefined ? 'the key' : 'a key like';
  const words =
    until === 'gone' ? 'is still there' : until === 'changed' ? 'has not changed' : 'does not have that value';
  return `${what} '${given.key.toString()}' ${words} ${after}`;
}

/** A neighbour's lock must not hold us longer than the given time. */
function whenAborted(signal: AbortSignal): Promise<undefined> {
  return new Promise((resolve) => {
    signal.addEventListener('abort', () => {
      resolve(undefined);
    });
  });
}

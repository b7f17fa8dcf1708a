import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import { Deadline } from './deadline.ts';
import { lockChanges } from './change-lock.ts';
import { type PastChange, readHistory, standing, writeHistory } from './history.ts';
import { forgetOriginals, originalsOf } from './originals.ts';
import { changePaths } from './change-paths.ts';
import { writePrivately } from './durable-file.ts';
import { readRecord } from './record.ts';
import type { Trusted } from './record-schema.ts';
import { lossOf, rollBack } from './roll-back.ts';
import { troubleWithin } from './settle-down.ts';

export interface RevertOptions {
  readonly platform: Platform;
  readonly machine: Machine;
  readonly trusted: Trusted;
  readonly stateDirectory: string;
  readonly warn: (text: string) => void;
  /** How long a change under way, and then the former addresses, are waited for. */
  readonly patienceMs?: number;
}

/** What came of taking back the host's changes of an adapter. */
export interface Reverted {
  readonly adapter: string;
  /** The state that it goes back to, in the words of the log. */
  readonly to: string;
  /** What is not as it was then; undefined if all is. */
  readonly trouble: string | undefined;
}

/** Why nothing is taken back. */
export interface NotReverted {
  readonly refusal: string;
}

const defaultPatienceMs = 30_000;

/** Brings adapters back to what they were before the host first changed them: one, or all that it has changed. */
export async function revert(
  adapter: string | undefined,
  options: RevertOptions,
): Promise<readonly Reverted[] | NotReverted> {
  const { stateDirectory, patienceMs = defaultPatienceMs } = options;
  const lock = await lockChanges(changePaths(stateDirectory).lock, new Deadline(patienceMs));
  if ('holder' in lock) return { refusal: `${lock.holder} is changing addresses` };
  try {
    return await revertLocked(adapter, options);
  } finally {
    lock.release();
  }
}

async function revertLocked(
  adapter: string | undefined,
  options: RevertOptions,
): Promise<readonly Reverted[] | NotReverted> {
  const { stateDirectory, trusted } = options;
  const paths = changePaths(stateDirectory);
  if (readRecord(paths.record, trusted) !== undefined) {
    return { refusal: 'an interrupted change is not undone yet; the next start of the daemon undoes it' };
  }
  const changed = standing(readHistory(paths.history, trusted));
  const wanted = changed.filter(([first]) => adapter === undefined || first.adapter === adapter);
  const others = changed.filter((each) => !wanted.includes(each)).flat();
  const shared = wanted.flatMap(filesOf).find((path) => filesOf(others).includes(path));
  if (shared !== undefined) {
    return { refusal: `${shared} was changed for other adapters, too: without a name, all of them are reverted` };
  }
  // The latest first: files that several have in common are brought back by the first of these, and the others find them so.
  const results: Reverted[] = [];
  for (const changes of wanted.toReversed()) results.push(await revertOne(changes, options));
  return results;
}

async function revertOne(changes: readonly [PastChange, ...PastChange[]], options: RevertOptions): Promise<Reverted> {
  const { stateDirectory, trusted, machine, patienceMs = defaultPatienceMs } = options;
  const [{ adapter, backEnd, former, from }] = changes;
  const { undo } = changes.at(-1) ?? changes[0];
  const files = filesOf(changes);
  const { record: recordPath, originals, history } = changePaths(stateDirectory);
  const keeping = { machine, trusted };
  const saved = originalsOf(originals, keeping).filter(({ path }) => files.includes(path));
  const record = { adapter, backEnd, saved, former, undo };
  const surroundings = { ...options, record: recordPath };
  // A power failure in the middle: the next start goes on.
  writePrivately(recordPath, record);
  await rollBack(record, surroundings);
  forgetOriginals(originals, saved, keeping);
  const reverted = new Date().toISOString();
  writeHistory(
    history,
    readHistory(history, trusted).map((each) =>
      each.adapter === adapter && each.reverted === undefined ? { ...each, reverted } : each,
    ),
  );
  const trouble = await troubleWithin(new Deadline(patienceMs), () => lossOf(record, surroundings));
  return { adapter, to: from, trouble };
}

function filesOf(changes: readonly PastChange[]): readonly string[] {
  return changes.flatMap(({ files }) => files);
}

import { poolName } from '../../message/pool.ts';
import { printable } from '../../message/printable.ts';
import { type PoolChange, type WatchedPools, watchPools } from '../../pool-changes/watch-pools.ts';
import { endBySignals } from '../end-by-signals.ts';
import { complain } from '../failed.ts';
import { UsageError } from '../failure.ts';
import { type Output, paint, writeJson } from '../output.ts';
import { commandWords } from './command-words.ts';
import { execute, type KeyChange } from './exec-command.ts';
import { type GivenKey, isMeant, meantInPools } from './meant-keys.ts';
import { recordJson } from './record-json.ts';

const styles = {
  added: 'green',
  changed: 'yellow',
  removed: 'red',
  created: 'dim',
  'removed-file': 'dim',
  replaced: 'dim',
} as const;
const longestKind = 8;

export interface WatchOptions {
  /** All if undefined. */
  readonly key: GivenKey | undefined;
  /** A command to run for each change of a key. */
  readonly exec: string | undefined;
  /** Whether it is a line for a shell. */
  readonly shell: boolean;
}

/** Prints changes of pools as they happen, of the keys that are meant if there is a word for them, until the process is ended; or runs a command for each. */
export async function watchCommand(
  watched: WatchedPools,
  { key, exec, shell }: WatchOptions,
  output: Output,
): Promise<void> {
  if (exec === undefined && shell) throw new UsageError('--shell needs --exec');
  const words = exec === undefined ? undefined : shell ? (['/bin/sh', '-c', exec] as const) : commandWords(exec);
  // The command that runs is ended, too, and waited for.
  const end = words === undefined ? new AbortController() : endBySignals();
  const meant = key && (await meantInPools(key, watched));
  const ready = (): void => {
    if (process.stderr.isTTY) process.stderr.write('watching; Ctrl-C ends\n');
    if (output.json) writeJson(output, { change: 'watching', pools: watched.wanted.map(poolName) });
  };
  for await (const change of watchPools(watched, end.signal, ready)) {
    if (end.signal.aborted) return;
    if (meant !== undefined && !('key' in change && isMeant(meant, change.key))) continue;
    if (words !== undefined) {
      if ('key' in change) await run(words, change, end.signal, output);
    } else if (output.json) writeJson(output, jsonOf(change));
    else output.write(`${lineOf(change, output)}\n`);
  }
}

async function run(
  words: readonly [string, ...string[]],
  change: KeyChange,
  signal: AbortSignal,
  output: Output,
): Promise<void> {
  // Our own standard output has one line of JSON a change, and nothing else.
  const status = await execute({ words, output: output.json ? 2 : 'inherit', signal }, change);
  if (output.json) writeJson(output, { ...jsonOf(change), status: status ?? null });
  if (status === 0 || signal.aborted) return;
  const how = status === undefined ? 'was ended by a signal' : `ended with status ${status}`;
  complain('hvkvp watch', `the command ${how}, for '${change.key.toString()}' in pool ${poolName(change.pool)}`);
}

function jsonOf(change: PoolChange): object {
  if ('key' in change) return { change: change.kind, ...recordJson(change.pool, change) };
  return { change: change.kind, pool: poolName(change.pool) };
}

function lineOf(change: PoolChange, output: Output): string {
  const kind = paint(output, styles[change.kind], words[change.kind].padEnd(longestKind));
  if (!('key' in change)) return `${kind}  ${poolName(change.pool)}`;
  return `${kind}  ${poolName(change.pool)}  ${printable(change.key.toString())} = ${printable(change.value.toString())}`;
}

const words = {
  added: 'added',
  changed: 'changed',
  removed: 'removed',
  created: 'created',
  'removed-file': 'no file',
  replaced: 'replaced',
} as const;

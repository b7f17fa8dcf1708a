import { poolName } from '../message/pool.ts';
import { printable } from '../message/printable.ts';
import { type PoolChange, type WatchedPools, watchPools } from '../pool-changes/watch-pools.ts';
import { checkKey } from '../pools/valid-record.ts';
import { type Output, paint, writeJson } from './output.ts';
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

/** Prints changes of pools as they happen, of one key if it is given, until the process is ended. */
export async function watchCommand(watched: WatchedPools, key: Buffer | undefined, output: Output): Promise<void> {
  if (key !== undefined) checkKey(key);
  const ready = (): void => {
    if (process.stderr.isTTY) process.stderr.write('watching; Ctrl-C ends\n');
    if (output.json) writeJson(output, { change: 'watching', pools: watched.wanted.map(poolName) });
  };
  for await (const change of watchPools(watched, undefined, ready)) {
    if (key !== undefined && !('key' in change && change.key.equals(key))) continue;
    if (output.json) writeJson(output, jsonOf(change));
    else output.write(`${lineOf(change, output)}\n`);
  }
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

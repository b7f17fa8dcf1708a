import { type ChildProcess, spawn } from 'node:child_process';
import { isUtf8 } from 'node:buffer';
import { once } from 'node:events';
import { poolName, type PoolNumber } from '../../message/pool.ts';
import type { Difference } from '../../pool-changes/difference.ts';

/** A change of a key. */
export type KeyChange = Extract<Difference, { readonly key: Buffer }> & { readonly pool: PoolNumber };

/** What is run for each change. */
export interface Execution {
  readonly words: readonly [string, ...string[]];
  /** Where its standard output goes. */
  readonly output: 'inherit' | 2;
  /** Ends it. */
  readonly signal: AbortSignal;
}

/**
 * Runs a command for a change, which it finds in its environment: nothing that a host has written is ever part of a command line.
 * Returns its exit status; undefined if a signal has ended it. Throws a system error if it cannot be started.
 */
export async function execute({ words, output, signal }: Execution, change: KeyChange): Promise<number | undefined> {
  const [program, ...args] = words;
  const child = spawn(program, args, { stdio: ['ignore', output, 'inherit'], env: environmentOf(change) });
  const end = (): void => {
    child.kill('SIGTERM');
  };
  signal.addEventListener('abort', end);
  try {
    return await statusOf(child);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

async function statusOf(child: ChildProcess): Promise<number | undefined> {
  // Rejects with the error of the event "error".
  const [status] = (await once(child, 'exit')) as [number | null];
  return status ?? undefined;
}

function environmentOf(change: KeyChange): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith('HVKVP_'));
  return {
    ...Object.fromEntries(own),
    HVKVP_CHANGE: change.kind,
    HVKVP_POOL: poolName(change.pool),
    ...field('HVKVP_KEY', change.key),
    ...field('HVKVP_VALUE', change.value),
  };
}

/** What is not UTF-8 has another name, as in JSON. */
function field(name: string, bytes: Buffer): Readonly<Record<string, string>> {
  return isUtf8(bytes) ? { [name]: bytes.toString() } : { [`${name}_BASE64`]: bytes.toString('base64') };
}

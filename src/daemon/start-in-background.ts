import { spawn } from 'node:child_process';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { started, startedFd, variable } from './background.ts';

/**
 * Runs this program again in a session of its own and waits until it serves, waits for the device, or has failed:
 * Node cannot fork, so this takes the place of daemon(3). Returns what went wrong, if anything.
 */
export async function startInBackground(): Promise<string | undefined> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, [variable]: '1' },
  });
  child.unref();
  // The fourth descriptor is a pipe, as asked for above.
  const answer = await text(child.stdio[startedFd] as Readable);
  if (answer === started) return undefined;
  return answer || 'the daemon ended while it started';
}

import { spawn } from 'node:child_process';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { backgroundVariable, started, startedFd } from './background.ts';

/**
 * Runs this program again in a session of its own and waits until it serves, waits for the device, or has failed:
 * Node cannot fork, so this takes the place of daemon(3). Returns what went wrong, if anything.
 */
export async function startInBackground(): Promise<string | undefined> {
  const child = spawn(process.execPath, [...process.execArgv, ...process.argv.slice(1)], {
    argv0: process.argv0,
    detached: true,
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
    env: { ...process.env, [backgroundVariable]: '1' },
  });
  // Node throws some of the reasons why nothing is started, and emits others as an event; there is no pipe then.
  const failed = new Promise<string>((resolve) => {
    child.once('error', (error) => {
      resolve(error.message);
    });
  });
  child.unref();
  // Without a free descriptor there are no pipes at all, whatever Node's types say.
  const pipes = child.stdio as readonly unknown[] | undefined;
  const pipe = pipes?.[startedFd];
  const answer = await (pipe instanceof Readable ? Promise.race([failed, text(pipe)]) : failed);
  if (answer === started) return undefined;
  return answer || 'the daemon ended while it started';
}

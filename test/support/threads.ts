import { readdirSync, readFileSync } from 'node:fs';

/** Names of this process's threads. */
export function threadNames(): string[] {
  return readdirSync('/proc/self/task').map((task) => readFileSync(`/proc/self/task/${task}/comm`, 'utf8').trim());
}

/** How many channels have a thread now. */
export function pollThreads(): number {
  return threadNames().filter((name) => name === 'kvp-poll').length;
}

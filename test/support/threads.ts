import { readdirSync, readFileSync } from 'node:fs';

/** Names of a process's threads, by default of this one's. */
export function threadNames(pid = process.pid): string[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => {
    try {
      return readFileSync(`${tasks}/${task}/comm`, 'utf8').trim();
    } catch {
      // It has ended since it was listed.
      return [];
    }
  });
}

/** How many channels have a thread now. */
export function pollThreads(): number {
  return threadNames().filter((name) => name === 'kvp-poll').length;
}

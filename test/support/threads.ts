import { readdirSync, readFileSync } from 'node:fs';

/** A file of /proc/PID/task/TID, of every thread. */
export function threadFiles(pid: number, name: 'comm' | 'stat' | 'status'): string[] {
  const tasks = `/proc/${pid}/task`;
  return readdirSync(tasks).flatMap((task) => {
    try {
      return readFileSync(`${tasks}/${task}/${name}`, 'utf8');
    } catch {
      // It has ended since it was listed.
      return [];
    }
  });
}

/** Names of a process's threads, by default of this one's. */
export function threadNames(pid = process.pid): string[] {
  return threadFiles(pid, 'comm').map((name) => name.trim());
}

/** How many channels have a thread now. */
export function pollThreads(): number {
  return threadNames().filter((name) => name === 'kvp-poll').length;
}

import { setTimeout as sleep } from 'node:timers/promises';
import { threadFiles } from './threads.ts';

const quietMs = 300;

/** Waits until a process has nothing to do: all its threads sleep, and it uses no processor for a while. */
export async function untilIdle(pid: number): Promise<void> {
  for (
    let [before, now] = ['', activity(pid)];
    now !== before || /[RD]/.test(now);
    [before, now] = [now, activity(pid)]
  ) {
    await sleep(quietMs);
  }
}

/** Of each thread its state and the times that it has run. */
function activity(pid: number): string {
  const threads = threadFiles(pid, 'stat').map((stat) => {
    const fields = stat.split(') ').at(-1)?.split(' ') ?? [];
    return [fields[0], fields[11], fields[12]].join(' ');
  });
  return threads.join('\n');
}

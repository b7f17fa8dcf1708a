import type { Machine } from '../machine.ts';

const millisecondsInSecond = 1000;

/** By sysctl(8), to the second: `{ sec = 1732540000, usec = 0 } Mon Nov 25 …`. */
export async function readBootTime(machine: Machine): Promise<Date | undefined> {
  const { output } = await machine.run('sysctl', ['-n', 'kern.boottime']);
  const seconds = /\bsec = (\d+)/.exec(output)?.[1];
  return seconds === undefined ? undefined : new Date(Number(seconds) * millisecondsInSecond);
}

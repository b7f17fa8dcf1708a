import { type Machine, readText } from '../machine.ts';

const millisecondsInSecond = 1000;

/** By proc_stat(5), to the second. */
export function readBootTime(machine: Machine): Date | undefined {
  const seconds = /^btime (\d+)$/m.exec(readText(machine, '/proc/stat') ?? '')?.[1];
  return seconds === undefined ? undefined : new Date(Number(seconds) * millisecondsInSecond);
}

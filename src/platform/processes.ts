import { listFolder, type Machine, readText } from './machine.ts';

/** The kernel keeps no more of a name. */
const longestName = 15;

/** Whether a program runs, by Linux's /proc. */
export function isRunning(machine: Machine, program: string): boolean {
  const name = program.slice(0, longestName);
  return listFolder(machine, '/proc').some(
    (entry) => /^\d+$/.test(entry) && readText(machine, `/proc/${entry}/comm`)?.trimEnd() === name,
  );
}

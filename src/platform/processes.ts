import { listFolder, type Machine, readLink, readText } from './machine.ts';

/** The kernel keeps no more of a name. */
const longestName = 15;

/** Whether a program runs, by Linux's /proc. */
export function isRunning(machine: Machine, program: string): boolean {
  const name = program.slice(0, longestName);
  return processes(machine).some((pid) => readText(machine, `/proc/${pid}/comm`)?.trimEnd() === name);
}

/** Processes that have one of these words on their command lines and the same `/` as we have, by Linux's /proc. */
export function processesWith(machine: Machine, words: readonly (string | undefined)[]): readonly number[] {
  return processes(machine)
    .filter((pid) =>
      readText(machine, `/proc/${pid}/cmdline`)
        ?.split('\0')
        .some((word) => words.includes(word)),
    )
    .filter((pid) => readLink(machine, `/proc/${pid}/root`) === readLink(machine, '/proc/self/root'))
    .map(Number);
}

/** What the kernel says of a process: the name that it gives it, and the words of its command line, none once it has ended. */
export function processAt(machine: Machine, pid: string): { pid: number; name: string; words: readonly string[] } {
  const words = readText(machine, `/proc/${pid}/cmdline`)?.replace(/\0$/, '').split('\0') ?? [];
  return { pid: Number(pid), name: readText(machine, `/proc/${pid}/comm`)?.trim() ?? '', words };
}

/** Whether /proc shows the processes of others: the first is root's, and there unless /proc is mounted with hidepid. */
export function showsOthers(pids: readonly string[]): boolean {
  return pids.includes('1');
}

/** All that /proc shows. */
export function processes(machine: Machine): readonly string[] {
  return listFolder(machine, '/proc').filter((entry) => /^\d+$/.test(entry));
}

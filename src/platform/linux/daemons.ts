import type { RunningDaemon } from '../hyper-v.ts';
import { daemonNames, isOwnDaemon } from '../kvp-daemon.ts';
import { listFolder, type Machine, readText } from '../machine.ts';

/** By /proc, which shows the names of all processes to everybody unless it is mounted with hidepid. */
export function readDaemons(machine: Machine): readonly RunningDaemon[] {
  return (
    listFolder(machine, '/proc')
      .filter((entry) => /^\d+$/.test(entry))
      .map((pid) => ({
        pid: Number(pid),
        name: readText(machine, `/proc/${pid}/comm`)?.trim() ?? '',
        words: readText(machine, `/proc/${pid}/cmdline`)?.replace(/\0$/, '').split('\0') ?? [],
      }))
      // A process that has ended, and whose parent does not know yet, has no words.
      .filter(({ words: [program = ''] }) => program !== '')
      .filter(({ name, words }) => daemonNames.includes(name) || isOwnDaemon(words.join(' ')))
  );
}

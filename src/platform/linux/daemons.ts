import type { RunningDaemon } from '../hyper-v.ts';
import { daemonNames, isOwnDaemon } from '../kvp-daemon.ts';
import { type Machine, readText } from '../machine.ts';
import { processAt, processes } from '../processes.ts';

/** By /proc, which shows the names of all processes to everybody unless it is mounted with hidepid. */
export function readDaemons(machine: Machine): readonly RunningDaemon[] {
  return (
    processes(machine)
      .map((pid) => ({
        ...processAt(machine, pid),
        // Not the owner of its folder, which is root for each process that may not be traced.
        uid: Number(/^Uid:\t\d+\t(\d+)/m.exec(readText(machine, `/proc/${pid}/status`) ?? '')?.[1] ?? NaN),
      }))
      // A process that has ended, and whose parent does not know yet, has no words.
      .filter(({ words: [program = ''] }) => program !== '')
      .filter(({ name, words }) => daemonNames.includes(name) || isOwnDaemon(words.join(' ')))
  );
}

import type { RunningDaemon } from '../hyper-v.ts';
import { daemonNames, isOwnDaemon } from '../kvp-daemon.ts';
import type { Machine } from '../machine.ts';

/** By ps(1), which puts blanks between the words of a command line. */
export async function readDaemons(machine: Machine): Promise<readonly RunningDaemon[]> {
  const { output } = await machine.run('ps', ['-axww', '-o', 'pid=', '-o', 'ucomm=', '-o', 'command=']);
  return Array.from(output.matchAll(/^ *(\d+) +(\S+) +(.*)$/gm), ([, pid, name = '', command = '']) => ({
    pid: Number(pid),
    name,
    words: command.split(' '),
  })).filter(({ name, words }) => daemonNames.includes(name) || isOwnDaemon(words.join(' ')));
}

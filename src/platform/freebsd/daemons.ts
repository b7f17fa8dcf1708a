import type { RunningDaemon } from '../hyper-v.ts';
import { daemonNames, isOwnDaemon } from '../kvp-daemon.ts';
import type { Machine } from '../machine.ts';

/** By ps(1), which puts blanks between the words of a command line. */
export async function readDaemons(machine: Machine): Promise<readonly RunningDaemon[]> {
  const { output } = await machine.run('ps', ['-axww', '-o', 'pid=', '-o', 'uid=', '-o', 'ucomm=', '-o', 'command=']);
  return Array.from(output.matchAll(/^ *(\d+) +(\d+) +(\S+) +(.*)$/gm), ([, pid, uid, name = '', command = '']) => ({
    pid: Number(pid),
    uid: Number(uid),
    name,
    words: command.split(' '),
  })).filter(({ name, words }) => daemonNames.includes(name) || isOwnDaemon(words.join(' ')));
}

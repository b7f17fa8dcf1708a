import { type Machine, readText } from './machine.ts';

/** Whose rights a process has. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The user of a name in passwd(5), where a system's own users are, or of two numbers, "990:990"; undefined if there is none. */
export function findUser(machine: Machine, wanted: string): User | undefined {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(wanted) ?? lineOf(machine, wanted);
  return uid === undefined || gid === undefined ? undefined : { uid: Number(uid), gid: Number(gid) };
}

/** The whole line, uid and gid. */
function lineOf(machine: Machine, name: string): readonly string[] {
  const lines = (readText(machine, '/etc/passwd') ?? '').split('\n');
  const fields = /^[^:]*:[^:]*:(\d+):(\d+):/;
  return lines.flatMap((line) => (line.startsWith(`${name}:`) ? (fields.exec(line) ?? []) : []));
}

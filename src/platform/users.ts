import { native } from '../device/native.ts';
import { withPath } from '../device/system-error.ts';

/** Whose rights a process has. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The user of a name, as the system knows it, or of two numbers, "990:990"; undefined if there is none. May throw a system error. */
export function findUser(wanted: string): User | undefined {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(wanted) ?? [];
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  const found = withPath(wanted, () => native.findUser(wanted));
  return found && { uid: found[0], gid: found[1] };
}

import { native } from '../device/native.ts';
import { systemError } from '../device/system-error.ts';

/** Whose rights a process has. */
export interface User {
  readonly uid: number;
  readonly gid: number;
}

/** The user of a name, as the system knows it, or of two numbers, "990:990"; undefined if there is none. May throw a system error. */
export function findUser(wanted: string): User | undefined {
  const [, uid, gid] = /^(\d+):(\d+)$/.exec(wanted) ?? [];
  if (uid !== undefined && gid !== undefined) return { uid: Number(uid), gid: Number(gid) };
  const [ownUid, ownGid] = idsOf(wanted);
  return ownUid === undefined || ownGid === undefined ? undefined : { uid: ownUid, gid: ownGid };
}

function idsOf(name: string): readonly number[] {
  try {
    return native.findUser(name) ?? [];
  } catch (error) {
    throw systemError(error, name);
  }
}

import { type Stats, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { User } from '../platform/users.ts';

const readAndEnter = 0o5;
/** Of a mode's bits: from others to the group, and to the owner. */
const shifts = { others: 0, group: 3, owner: 6 } as const;

/** Whether a folder's mode lets a user list it and use what is in it. */
export function mayEnter({ mode, uid, gid }: Stats, user: User): boolean {
  const shift = uid === user.uid ? shifts.owner : gid === user.gid ? shifts.group : shifts.others;
  return ((mode >> shift) & readAndEnter) === readAndEnter;
}

/** Whether a user may enter a folder and all those above it. */
export function mayReach(folder: string, user: User): boolean {
  const parent = dirname(folder);
  return mayEnter(statSync(folder), user) && (parent === folder || mayReach(parent, user));
}

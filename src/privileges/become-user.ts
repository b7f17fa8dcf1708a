import { native } from '../device/native.ts';
import { isDenied } from '../device/denied.ts';
import type { User } from '../platform/users.ts';

/** What decides on a process's rights, as node:process has it. */
export type Identity = Required<
  Pick<NodeJS.Process, 'setgroups' | 'setgid' | 'setuid' | 'getuid' | 'geteuid' | 'getgid' | 'getegid' | 'getgroups'>
>;

/**
 * Makes this process a user's, for good: no group but its own, nothing that could bring root's rights back. Returns
 * what keeps us from it, and then nothing has changed; throws if we are neither root nor the user any more.
 */
export function becomeUser(
  user: User,
  // Both systems have all of them.
  identity: Identity = process as Identity,
  forbidNewPrivileges = native.forbidNewPrivileges,
): string | undefined {
  try {
    identity.setgroups([user.gid]);
  } catch (error) {
    if (isDenied(error) || isGuarded(error)) return `the system does not let us change the user: ${error.message}`;
    throw error;
  }
  // The user last: without root's rights no group can be changed.
  identity.setgid(user.gid);
  identity.setuid(user.uid);
  forbidNewPrivileges();
  verify(user, identity);
  return undefined;
}

/** Node refuses where it cannot tell that its libuv gives no work to the kernel, who would go on with root's rights: CVE-2024-22017. */
function isGuarded(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}

function verify({ uid, gid }: User, identity: Identity): void {
  const users = [identity.getuid(), identity.geteuid()];
  const groups = [identity.getgid(), identity.getegid(), ...identity.getgroups()];
  if (users.some((each) => each !== uid) || groups.some((each) => each !== gid)) {
    throw new Error(`this process should be of user ${uid}:${gid}, but is of ${users.join()}:${groups.join()}`);
  }
  const ways: readonly (() => void)[] = [
    () => {
      identity.setuid(0);
    },
    () => {
      identity.setgid(0);
    },
    () => {
      identity.setgroups([0]);
    },
  ];
  if (ways.some(succeeds)) throw new Error("this process gave root's rights up and could take them back");
}

function succeeds(way: () => void): boolean {
  try {
    way();
    return true;
  } catch (error) {
    if (isDenied(error)) return false;
    throw error;
  }
}

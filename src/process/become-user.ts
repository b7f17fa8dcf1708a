import { native } from '../device/native.ts';
import { isDenied, troubleOf } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import type { User } from '../platform/users.ts';
import { type Identity, ownIdentity } from './identity.ts';

/** What would keep this process, which is root, from becoming a user; undefined if nothing does. Nothing is changed. */
export function obstacleToBecoming({ uid }: User, identity: Identity = ownIdentity): string | undefined {
  return refusal(() => {
    identity.setgroups(identity.getgroups());
    identity.seteuid(uid);
    identity.seteuid(0);
  });
}

/** Why something was not allowed to us; undefined if it was. */
export function refusal(attempt: () => void): string | undefined {
  try {
    attempt();
    return undefined;
  } catch (error) {
    if (isDenied(error) || isGuarded(error)) return `cannot change the user: ${error.message}`;
    throw error;
  }
}

/** Node refuses where it is not sure that its libuv gives no work to the kernel, which would continue with root's rights: CVE-2024-22017. */
function isGuarded(error: unknown): error is Error {
  return error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_STATE';
}

/**
 * Makes this process a user's, for good: no group but its own, nothing that could bring root's rights back. Throws if that
 * is not what it is then. A system that cannot forbid new privileges, as FreeBSD's Linux emulation, costs a warning.
 */
export function becomeUser(
  user: User,
  log: Pick<Log, 'warning'>,
  identity: Identity = ownIdentity,
  forbidNewPrivileges = native.forbidNewPrivileges,
): void {
  identity.setgroups([user.gid]);
  // The user last: without root's rights no group can be changed.
  identity.setgid(user.gid);
  identity.setuid(user.uid);
  const trouble = troubleOf(forbidNewPrivileges);
  if (trouble !== '') log.warning(`cannot forbid set-user-ID programs to the daemon: ${trouble}`);
  verify(user, identity);
}

function verify({ uid, gid }: User, identity: Identity): void {
  const users = [identity.getuid(), identity.geteuid()];
  const groups = [identity.getgid(), identity.getegid(), ...identity.getgroups()];
  if (users.some((each) => each !== uid) || groups.some((each) => each !== gid)) {
    throw new Error(`this process should run as ${uid}:${gid}, but runs as ${users.join()}:${groups.join()}`);
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
  if (ways.some(succeeds)) throw new Error("this process dropped root's rights but could regain them");
}

function succeeds(way: () => void): boolean {
  return refusal(way) === undefined;
}

import { native } from '../device/native.ts';
import { systemError } from '../device/system-error.ts';

/** What decides on a process's rights, as node:process has it. */
export type Identity = Required<
  Pick<
    NodeJS.Process,
    'setgroups' | 'setgid' | 'setuid' | 'seteuid' | 'getuid' | 'geteuid' | 'getgid' | 'getegid' | 'getgroups'
  >
>;

/** Only numbers are given to it, no names. */
type ByNumber = (id: number | string) => void;

/** Of this process. Both systems have all of it. */
export const ownIdentity: Identity = isWithoutRing() ? { ...getters(), ...setters() } : (process as Identity);

/**
 * Whether libuv gives no work to io_uring, which would go on with root's rights (CVE-2024-22017); the launcher sees to that. A Node that
 * shares its libuv with other programs, as Debian 13's, is not sure, and changes no user at all.
 */
function isWithoutRing(): boolean {
  return process.env['UV_USE_IO_URING'] === '0';
}

function getters() {
  const { getuid, geteuid, getgid, getegid, getgroups } = process as Identity;
  return { getuid, geteuid, getgid, getegid, getgroups };
}

function setters() {
  return {
    setgroups: withSystemError(native.setGroups),
    setgid: withSystemError(native.setGid) as ByNumber,
    setuid: withSystemError(native.setUid) as ByNumber,
    seteuid: withSystemError(native.setEffectiveUid) as ByNumber,
  };
}

function withSystemError<Given>(call: (given: Given) => void): (given: Given) => void {
  return (given) => {
    try {
      call(given);
    } catch (cause) {
      throw systemError(cause);
    }
  };
}

import { native } from '../device/native.ts';

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
export const ownIdentity: Identity = isWithoutRing() ? withNativeSetters(process as Identity) : (process as Identity);

/**
 * Whether libuv gives no work to io_uring, which would go on with root's rights (CVE-2024-22017); the launcher sees to that. A Node that
 * shares its libuv with other programs, as Debian 13's, is not sure, and changes no user at all.
 */
function isWithoutRing(): boolean {
  return process.env['UV_USE_IO_URING'] === '0';
}

function withNativeSetters({ getuid, geteuid, getgid, getegid, getgroups }: Identity): Identity {
  return {
    ...{ getuid, geteuid, getgid, getegid, getgroups },
    setgroups: native.setGroups,
    setgid: native.setGid as ByNumber,
    setuid: native.setUid as ByNumber,
    seteuid: native.setEffectiveUid as ByNumber,
  };
}

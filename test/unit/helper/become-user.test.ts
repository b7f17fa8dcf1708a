import { describe, expect, it } from 'vitest';
import { makeSystemError } from '../../../src/device/system-error.ts';
import { becomeUser, obstacleToBecoming } from '../../../src/process/become-user.ts';
import type { Identity } from '../../../src/process/identity.ts';

const user = { uid: 990, gid: 991 };
const nothing = (): void => undefined;
const warnings: string[] = [];
const log = { warning: (text: string) => warnings.push(text) };

/** A system that knows one process, which begins as root; `flaws` are how it fails to let go of it. */
class FakeSystem {
  uid = 0;
  euid = 0;
  gid = 0;
  groups = [0];
  readonly calls: string[] = [];
  readonly identity: Identity;

  constructor(flaws: Partial<Identity> = {}) {
    this.identity = {
      setgroups: this.#asRoot('setgroups', ([groups]) => {
        this.groups = groups as number[];
      }),
      setgid: this.#asRoot('setgid', ([gid]) => {
        this.gid = gid as number;
      }),
      setuid: this.#asRoot('setuid', ([uid]) => {
        this.uid = uid as number;
        this.euid = this.uid;
      }),
      seteuid: (uid) => {
        this.euid = uid as number;
      },
      getuid: () => this.uid,
      geteuid: () => this.euid,
      getgid: () => this.gid,
      getegid: () => this.gid,
      getgroups: () => this.groups,
      ...flaws,
    };
  }

  #asRoot(name: string, action: (words: readonly unknown[]) => void) {
    return (...words: readonly unknown[]): void => {
      if (this.uid !== 0) throw Object.assign(new Error('EPERM'), { code: 'EPERM', syscall: name });
      this.calls.push(name);
      action(words);
    };
  }
}

describe('becoming a user', () => {
  it('lets go of the groups, the group and the user, in this order', () => {
    const system = new FakeSystem();
    becomeUser(user, log, system.identity, nothing);
    expect(system).toMatchObject({ ...user, groups: [user.gid], calls: ['setgroups', 'setgid', 'setuid'] });
  });

  it.each([
    ['the user', { setuid: nothing }],
    ['the group', { setgid: nothing }],
    ['the groups', { setgroups: nothing }],
  ])('does not go on if %s stayed', (_, flaws) => {
    expect(() => {
      becomeUser(user, log, new FakeSystem(flaws).identity, nothing);
    }).toThrow('should run as');
  });

  it('does not go on if root’s rights can be taken back', () => {
    const system = new FakeSystem();
    const { setuid } = system.identity;
    const identity: Identity = {
      ...system.identity,
      setuid(uid) {
        if (uid !== 0) setuid(uid);
      },
    };
    expect(() => {
      becomeUser(user, log, identity, nothing);
    }).toThrow('could regain them');
  });

  it('goes on if the system cannot forbid new privileges, and says so by the name of its call', () => {
    const forbid = (): never => {
      throw makeSystemError('EINVAL', 'procctl', 'invalid argument');
    };
    warnings.length = 0;
    becomeUser(user, log, new FakeSystem().identity, forbid);
    expect(warnings).toEqual([
      expect.stringMatching(/cannot forbid set-user-ID programs.*: EINVAL: invalid argument, procctl$/),
    ]);
  });

  it('does not go on after a mistake of ours', () => {
    const forbid = (): never => {
      throw new Error('no');
    };
    expect(() => {
      becomeUser(user, log, new FakeSystem().identity, forbid);
    }).toThrow('no');
  });
});

describe('what keeps root from becoming a user', () => {
  it('is nothing where the system allows it, and nothing is changed by asking', () => {
    const system = new FakeSystem();
    expect(obstacleToBecoming(user, system.identity)).toBeUndefined();
    expect(system).toMatchObject({ uid: 0, euid: 0, gid: 0, groups: [0] });
  });

  it.each([
    ['the system keeps the groups', 'setgroups', 'EPERM'],
    ['the system keeps the user', 'seteuid', 'EPERM'],
    ['Node keeps them, for its libuv may be at work with root’s rights', 'setgroups', 'ERR_INVALID_STATE'],
  ])('is said where %s', (_, syscall, code) => {
    const system = new FakeSystem({
      [syscall]: (wanted: unknown) => {
        if (wanted !== 0) throw Object.assign(new Error('no'), { code, errno: 1, syscall });
      },
    });
    expect(obstacleToBecoming(user, system.identity)).toBe('cannot change the user: no');
    expect(system).toMatchObject({ uid: 0, euid: 0, gid: 0, groups: [0] });
  });
});

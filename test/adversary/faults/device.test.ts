import { constants } from 'node:os';
import { dialects } from '../../../src/message/dialect.ts';
import type { FaultyGuest } from './faulty-guest.ts';
import { forgotten, half } from './injection.mjs';
import { type Play, testFaults } from './test-faults.ts';

const { errno } = constants;
/** Ten seconds are over in less than one. */
const fasterThanPatience = 20;
const pollErr = 8;
const pollHup = 16;
const pollNval = 32;

/** The device must be opened again. */
function reoffer({ simulator }: FaultyGuest): void {
  simulator.rescind();
  simulator.offer();
}

function failsToOpen(effect: number): Play {
  return {
    begin: (guest) => {
      guest.injection.add({ call: 'open', effect, times: 4 });
      reoffer(guest);
    },
  };
}

function fails(call: 'poll' | 'read' | 'write', effect: number): Play {
  return {
    begin: ({ injection }) => {
      injection.add({ call, effect });
    },
  };
}

testFaults('device', {
  'open fails with EBUSY, four times': failsToOpen(errno.EBUSY),
  'open fails with EACCES, four times': failsToOpen(errno.EACCES),
  'open fails with ENOENT, four times': failsToOpen(errno.ENOENT),
  'open fails with ENXIO, four times': failsToOpen(errno.ENXIO),
  'the device disappears and comes back': {
    begin: async ({ simulator, daemon }) => {
      simulator.rescind();
      await daemon.logged('ENOENT');
      // A host gets nowhere before, and waits now until the daemon has registered.
      simulator.offer();
    },
  },
  'read is interrupted (EINTR), five times': {
    begin: ({ injection }) => {
      injection.add({ call: 'read', effect: errno.EINTR, times: 5 });
    },
  },
  'read fails with EINVAL': fails('read', errno.EINVAL),
  'read fails with EBADF': fails('read', errno.EBADF),
  'read fails with EIO': fails('read', errno.EIO),
  'read fails with EIO at three requests': {
    requests: 3,
    begin: ({ injection, system }) => {
      // Linux's driver answers each registration by a message of its own.
      const passes = dialects[system].answersRegistration ? 1 : 0;
      for (const before of [0, 1, 2]) injection.add({ call: 'read', effect: errno.EIO, passes: before * passes });
    },
  },
  'read returns half a message': fails('read', half),
  'write fails with EINVAL': fails('write', errno.EINVAL),
  'write fails with EFAULT': fails('write', errno.EFAULT),
  'write takes half a message': fails('write', half),
  'the driver never answers a registration, twice': {
    // FreeBSD's answers none.
    systems: ['linux'],
    begin: (guest) => {
      guest.injection.setClockRate(fasterThanPatience);
      guest.injection.add({ call: 'write', effect: forgotten, times: 2 });
      reoffer(guest);
    },
  },
  'poll reports POLLERR': fails('poll', pollErr),
  'poll reports POLLHUP': fails('poll', pollHup),
  'poll reports POLLNVAL': fails('poll', pollNval),
});

import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { expect } from 'vitest';
import { untilIdle } from '../../support/idle-process.ts';
import { Status } from '../../../src/message/status.ts';
import { encodeRecord } from '../../../src/pools/record.ts';
import { limitedMemory } from './control-group.ts';
import { expectService, type FaultyGuest } from './faulty-guest.ts';
import { type Play, testFaults } from './test-faults.ts';

const linux = { systems: ['linux'] } as const;
const secondsPerHour = 3600;
const secondsInTenYears = 315_360_000;
const hangUps = 1000;
const requestsInLittleMemory = 2000;

/** How many descriptors the daemon may have; those that are open stay so. */
function limitDescriptors({ daemon }: FaultyGuest, most: number | 'unlimited'): void {
  const limit = most === 'unlimited' ? '1024' : String(most);
  const words = ['--pid', String(daemon.pid), `--nofile=${limit}:`];
  expect(spawnSync('prlimit', words, { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
}

/** As many as the first three, which are open. */
const none = 3;

/** No more, after it has read all that it needs later. */
async function limitOnceLoaded(guest: FaultyGuest): Promise<void> {
  await untilIdle(guest.daemon.pid);
  limitDescriptors(guest, none);
}

/** What others change is seen all the same. */
function jumps(clock: 'wall' | 'steady', seconds: number): Play {
  return {
    begin: ({ injection }) => {
      injection.setAhead(clock, seconds);
    },
    check: async ({ host, poolFile }) => {
      appendFileSync(poolFile(), encodeRecord(Buffer.from('theirs'), Buffer.from('value')));
      expect(await host.get(0, 'theirs')).toEqual({ status: Status.ok, value: 'value' });
    },
  };
}

testFaults('system', {
  'no descriptor is left to open the device again': {
    begin: async (guest) => {
      await limitOnceLoaded(guest);
      guest.simulator.rescind();
      guest.simulator.offer();
    },
    end: (guest) => {
      limitDescriptors(guest, 'unlimited');
    },
  },
  'no descriptor is left for a pool': {
    ...linux,
    isFirst: true,
    requests: 3,
    begin: limitOnceLoaded,
    end: (guest) => {
      limitDescriptors(guest, 'unlimited');
    },
  },
  'a control group leaves it 96 MiB of memory': {
    ...linux,
    launcher: limitedMemory(96),
    requests: requestsInLittleMemory,
    begin: () => undefined,
  },
  'the wall clock jumps ten years ahead': jumps('wall', secondsInTenYears),
  'the wall clock jumps ten years back': jumps('wall', -secondsInTenYears),
  'the machine sleeps for an hour': jumps('steady', secondsPerHour),
  'SIGSTOP for minutes': {
    ...linux,
    begin: ({ daemon }) => {
      daemon.process.kill('SIGSTOP');
    },
    end: async ({ host, daemon }) => {
      const next = host.get(0, 'before');
      daemon.process.kill('SIGCONT');
      expect(await next).toEqual({ status: Status.ok, value: 'value' });
    },
  },
  'SIGHUP, a thousand times': {
    ...linux,
    isRepeated: true,
    begin: async (guest) => {
      for (let count = 0; count < hangUps; count += 1) guest.daemon.process.kill('SIGHUP');
      await expectService(guest, 'meanwhile');
    },
  },
});

import { join } from 'node:path';
import { afterAll, describe, it } from 'vitest';
import { SimulatedGuest } from '../../../src/hvkvp/simulate/guest.ts';
import { checkLimits } from '../../lab/guest/checks/limits.ts';
import type { HostLab } from '../../lab/guest/checks/lab.ts';
import { checkNegotiation } from '../../lab/guest/checks/negotiation.ts';
import { checkStrangeRequests } from '../../lab/guest/checks/strange-requests.ts';

const daemon = join(import.meta.dirname, '../../../dist/bin/hv_kvp_daemon.js');

const guest = new SimulatedGuest({ system: 'linux', daemon, poolDirectory: undefined, log: () => undefined });
await guest.start();

afterAll(async () => {
  await guest.stop();
});

const lab: HostLab = {
  host: guest.simulator.host,
  check(sentence: string, body: () => Promise<void>): Promise<void> {
    it(sentence, body);
    return Promise.resolve();
  },
};

describe('the simulated driver of Linux does what the real one was seen to do:', async () => {
  await checkNegotiation(lab);
  await checkStrangeRequests(lab);
  await checkLimits(lab);
});

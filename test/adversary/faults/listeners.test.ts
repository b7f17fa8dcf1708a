import { expect } from 'vitest';
import { RawClient } from '../../support/raw-client.ts';
import { testFaults } from './test-faults.ts';

const linux = { systems: ['linux'] } as const;
const clients = 8;
/** Many more than a stalled reader's buffers take of the debug log. */
const requestsUnread = 1500;
const requestsWithClients = 500;

testFaults('listeners', {
  'the reader of standard error is gone': {
    ...linux,
    begin: async ({ daemon, simulator }) => {
      daemon.process.stderr?.destroy();
      // Something to say.
      simulator.rescind();
      simulator.offer();
      await simulator.daemonConnected();
    },
  },
  'the reader of standard error does not read': {
    ...linux,
    configuration: 'log_level = "debug"\n',
    isRepeated: true,
    requests: requestsUnread,
    begin: ({ daemon }) => {
      daemon.process.stderr?.pause();
    },
    end: ({ daemon }) => {
      daemon.process.stderr?.resume();
    },
  },
  'eight control clients do not read, and a ninth comes': {
    ...linux,
    requests: requestsWithClients,
    begin: async ({ control }) => {
      for (let client = 0; client < clients; client += 1) {
        const stalled = await RawClient.connect(control);
        stalled.say({ request: 'subscribe', values: true });
        stalled.say('half a line');
      }
      const ninth = await RawClient.connect(control);
      expect(await ninth.next()).toBeUndefined();
    },
  },
});

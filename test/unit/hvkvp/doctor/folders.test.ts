import { rmSync, symlinkSync } from 'node:fs';
import { describe } from 'vitest';
import { below } from '../../../../src/platform/machine.ts';
import { type Changes, goodReport } from './support/guest.ts';
import { outcomes } from './support/outcomes.ts';

const [pool] = goodReport.pools;
const unjournaled = { ...goodReport, pools: [{ ...pool, journalTrouble: 'EROFS: read-only file system, open' }] };
const failed = {
  ...goodReport,
  transactions: [{ operation: 'set', statuses: { ok: 2, fail: 3 }, latency: {} }],
};

const linkState: Changes['prepare'] = (_, machine) => {
  const state = below(machine, '/var/lib/hyperv-kvp');
  rmSync(state, { recursive: true });
  symlinkSync('/data', state);
};

describe('folders', () => {
  outcomes('folders', 'linux', [
    ['writable', {}, 'ok', '/var/lib/hyperv and /var/lib/hyperv-kvp can be written'],
    [
      'a link that nobody trusts',
      { prepare: linkState },
      'problem',
      '/var/lib/hyperv-kvp is a link that users other than root made',
    ],
    [
      'changes without a journal',
      { report: unjournaled } as Changes,
      'problem',
      'pool guest is changed without a journal, so a crash may tear a record: EROFS',
    ],
  ]);
});

describe('failures', () => {
  outcomes('failures', 'linux', [
    ['none', {}, 'ok', 'no request of the host has failed'],
    ['some', { report: failed } as unknown as Changes, 'advice', 'failed since the daemon started: 3 set'],
  ]);
});

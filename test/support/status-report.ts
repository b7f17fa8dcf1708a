import type { StatusReport } from '../../src/control/protocol.ts';
import { Statistics } from '../../src/control/statistics.ts';

/** A status as a daemon that was just started tells it. */
export function statusReport(change: Partial<StatusReport> = {}): StatusReport {
  return {
    type: 'status',
    version: '1.2.3',
    pid: 1,
    system: 'linux',
    configuration: { file: '/etc/hyperv-kvp.toml', readAt: '2026-01-01T00:00:00.000Z' },
    device: { path: '/dev/vmbus/hv_kvp', state: 'registered', integrationServices: '3.1', trouble: '' },
    ...new Statistics(() => 0).counts(),
    pools: [{ number: 0, name: 'external', path: '/pools/.kvp_pool_0', records: 2, bytes: 5120, journalTrouble: '' }],
    ipInjection: { mode: 'apply', backEnd: 'auto', interfaces: [], deniedInterfaces: [] },
    privileges: { uid: 990, helper: 'at hand', trouble: '' },
    ...change,
  };
}

import { describe, expect, it } from 'vitest';
import type { Exchange } from '../../../src/message/exchange.ts';
import { statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { Statistics } from '../../../src/control/statistics.ts';

const key = Buffer.from('key');
const value = Buffer.from('value');

function exchange(change: Partial<Exchange>): Exchange {
  return {
    request: { operation: 'get', pool: 0, key },
    reply: { kind: 'value', value },
    milliseconds: 1,
    isLate: false,
    ...change,
  };
}

describe('the statistics', () => {
  it('count by operation and status, and know when the host last asked', () => {
    let now = 0;
    const statistics = new Statistics(() => now);
    expect(statistics.counts().lastRequestAt).toBeNull();
    now = 1000;
    statistics.exchanged(exchange({}));
    statistics.exchanged(exchange({ reply: statusReply(Status.noMoreItems) }));
    statistics.exchanged(exchange({ request: { operation: 'delete', pool: 0, key }, reply: statusReply(Status.ok) }));
    const { startedAt, lastRequestAt, transactions, latency } = statistics.counts();
    expect([startedAt, lastRequestAt]).toEqual(['1970-01-01T00:00:00.000Z', '1970-01-01T00:00:01.000Z']);
    expect(transactions).toMatchObject([
      { operation: 'get', statuses: { ok: 1, noMoreItems: 1 }, latency: { count: 2, sumUs: 2000 } },
      { operation: 'delete', statuses: { ok: 1 }, latency: { count: 1 } },
    ]);
    expect(latency.count).toBe(3);
  });

  it('count what is late, lost, waited for and injected', () => {
    const statistics = new Statistics();
    statistics.exchanged(exchange({ isLate: true }));
    statistics.registered();
    statistics.lost();
    statistics.waitedForLock(3);
    statistics.waitedForLock(1);
    statistics.injected('undone');
    expect(statistics.counts()).toMatchObject({
      lateReplies: 1,
      registrations: 1,
      losses: 1,
      lockWaits: { count: 2, totalMs: 4, longestMs: 3 },
      injections: { applied: 0, undone: 1 },
    });
  });
});

import { describe, expect, it } from 'vitest';
import { exposition } from '../../../src/control/exposition.ts';
import { statusReply } from '../../../src/message/reply.ts';
import { Status } from '../../../src/message/status.ts';
import { Statistics } from '../../../src/control/statistics.ts';
import { statusReport } from '../../support/status-report.ts';

const line =
  /^(# (HELP|TYPE) hyperv_kvp_\w+ .+|hyperv_kvp_\w+(\{\w+="(\\.|[^"\\])*"(,\w+="(\\.|[^"\\])*")*\})? [\d.e+-]+)$/;

function counted() {
  const statistics = new Statistics(() => 5000);
  const request = { operation: 'get', pool: 0, key: Buffer.from('key') } as const;
  for (const milliseconds of [0.005, 0.015, 60_000]) {
    statistics.exchanged({ request, reply: statusReply(Status.noMoreItems), milliseconds, isLate: false });
  }
  return statistics.counts();
}

describe('the metrics', () => {
  it('have a type and help before their samples, and only lines that Prometheus reads', () => {
    const lines = exposition(statusReport(counted())).trimEnd().split('\n');
    for (const each of lines) expect(each).toMatch(line);
    const typed = lines.filter((each) => each.startsWith('# TYPE')).map((each) => each.split(' ')[2]);
    expect(new Set(typed).size).toBe(typed.length);
    for (const each of lines.filter((sample) => !sample.startsWith('#'))) {
      const name = /^\w+/.exec(each)?.[0].replace(/(?<=duration_seconds)_(bucket|sum|count)$/, '');
      expect(typed).toContain(name);
    }
  });

  it('count in a bucket all that is shorter as well', () => {
    const buckets = exposition(statusReport(counted())).match(/.*_bucket.*/g) ?? [];
    const of = (le: string): string | undefined => buckets.find((each) => each.includes(`le="${le}"`))?.split(' ')[1];
    expect([of('0.00001'), of('0.00002'), of('50'), of('+Inf')]).toEqual(['1', '2', '2', '3']);
  });

  it('have buckets from the shortest to that without a bound, as Prometheus wants them', () => {
    const bounds = [...exposition(statusReport(counted())).matchAll(/le="([^"]+)"/g)].map(([, le]) =>
      Number(le === '+Inf' ? Infinity : le),
    );
    expect(bounds.length).toBeGreaterThan(10);
    expect(bounds).toEqual(bounds.toSorted((one, other) => one - other));
  });

  it('tell what was counted', () => {
    const text = exposition(statusReport(counted()));
    expect(text).toContain('hyperv_kvp_transactions_total{operation="get",status="noMoreItems"} 3\n');
    expect(text).toContain('hyperv_kvp_transaction_duration_seconds_count{operation="get"} 3\n');
    expect(text).toContain('hyperv_kvp_last_request_time_seconds 5\n');
    expect(text).toContain('hyperv_kvp_pool_records{pool="0",name="external"} 2\n');
  });

  it('escape what would end a label', () => {
    const device = { ...statusReport().device, integrationServices: 'a"b\\c\nd' };
    expect(exposition(statusReport({ device }))).toContain(String.raw`integration_services="a\"b\\c\nd"} 1`);
  });
});

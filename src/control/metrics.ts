import type { Durations } from './histogram.ts';
import type { StatusReport } from './protocol.ts';

export type Labels = Readonly<Record<string, string>>;

/** A metric of Prometheus' kinds. */
export type MetricFamily =
  | {
      readonly name: string;
      readonly type: 'counter' | 'gauge';
      readonly help: string;
      readonly samples: readonly Sample[];
    }
  | {
      readonly name: string;
      readonly type: 'histogram';
      readonly help: string;
      readonly samples: readonly Distribution[];
    };

export interface Sample {
  readonly labels: Labels;
  readonly value: number;
}

export interface Distribution {
  readonly labels: Labels;
  /** From the shortest on: how many were not longer than a bound, which is in seconds, or "+Inf". */
  readonly buckets: readonly { readonly le: string; readonly count: number }[];
  readonly sum: number;
  readonly count: number;
}

const prefix = 'hyperv_kvp_';
const usInSecond = 1_000_000;

/** A status as metrics: times are in seconds. */
export function metricFamilies(status: StatusReport): readonly MetricFamily[] {
  const { transactions, lockWaits, injections, device, pools } = status;
  const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
  return [
    metric('build_info', 'gauge', 'Version of the running daemon.', [
      { labels: { version: status.version, integration_services: device.integrationServices }, value: 1 },
    ]),
    metric('start_time_seconds', 'gauge', 'Start time of the daemon.', one(seconds(status.startedAt))),
    metric(
      'registered',
      'gauge',
      'Whether the daemon is registered with the driver.',
      one(Number(device.state === 'registered')),
    ),
    metric('registrations_total', 'counter', 'Registrations with the driver.', one(status.registrations)),
    metric('device_losses_total', 'counter', 'Losses of the device.', one(status.losses)),
    metric(
      'last_request_time_seconds',
      'gauge',
      'Time of the last request of the host; 0 if none.',
      one(seconds(status.lastRequestAt)),
    ),
    metric(
      'transactions_total',
      'counter',
      'Requests of the host.',
      transactions.flatMap(({ operation, statuses }) =>
        Object.entries(statuses).map(([name, value]) => ({ labels: { operation, status: name }, value })),
      ),
    ),
    {
      name: `${prefix}transaction_duration_seconds`,
      type: 'histogram',
      help: 'From request to reply.',
      samples: transactions.map(({ operation, latency }) => distribution({ operation }, latency)),
    },
    metric('late_replies_total', 'counter', 'Replies that came too late and were dropped.', one(status.lateReplies)),
    metric('lock_waits_total', 'counter', 'Waits for the lock of another program.', one(lockWaits.count)),
    metric('lock_wait_seconds_total', 'counter', 'Time spent in such waits.', one(lockWaits.totalMs / 1000)),
    metric(
      'injections_total',
      'counter',
      'Requests of the host to set addresses.',
      Object.entries(injections).map(([result, value]) => ({ labels: { result }, value })),
    ),
    metric(
      'pool_records',
      'gauge',
      'Complete records in the file of a pool.',
      pools.flatMap((pool) => sized(pool, pool.records)),
    ),
    metric(
      'pool_bytes',
      'gauge',
      'Size of the file of a pool.',
      pools.flatMap((pool) => sized(pool, pool.bytes)),
    ),
    metric(
      'pool_journaled',
      'gauge',
      'Whether the latest change of a pool was journaled; if not, a crash may tear a record.',
      pools.flatMap((pool) => sized(pool, Number(pool.journalTrouble === ''))),
    ),
  ];
}

function metric(name: string, type: 'counter' | 'gauge', help: string, samples: readonly Sample[]): MetricFamily {
  return { name: `${prefix}${name}`, type, help, samples };
}

/** No sample for a pool without a file. */
function sized({ number, name }: StatusReport['pools'][number], size: number | null): readonly Sample[] {
  return size === null ? [] : [{ labels: { pool: String(number), name }, value: size }];
}

/** Prometheus' buckets count everything up to their bound. */
function distribution(labels: Labels, { buckets, count, sumUs }: Durations): Distribution {
  let below = 0;
  const cumulative = buckets.map((bucket) => {
    below += bucket.count;
    return { le: bucket.upToUs === null ? '+Inf' : String(bucket.upToUs / usInSecond), count: below };
  });
  return { labels, buckets: cumulative, sum: sumUs / usInSecond, count };
}

function seconds(at: string | null): number {
  return at === null ? 0 : Date.parse(at) / 1000;
}

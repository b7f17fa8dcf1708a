import type { Durations } from '../statistics/histogram.ts';
import type { StatusReport } from './protocol.ts';

type Labels = Readonly<Record<string, string>>;
type Sample = readonly [labels: Labels, value: number];
type Kind = 'counter' | 'gauge' | 'histogram';

const usInSecond = 1_000_000;
const msInSecond = 1000;

/** A status in Prometheus' text format, version 0.0.4. */
export function exposition(status: StatusReport): string {
  const { transactions, lockWaits, injections, device, pools } = status;
  const one = (value: number): readonly Sample[] => [[{}, value]];
  return [
    metric('build_info', 'gauge', 'What runs.', [
      [{ version: status.version, integration_services: device.integrationServices }, 1],
    ]),
    metric('start_time_seconds', 'gauge', 'When the daemon was started.', one(seconds(status.startedAt))),
    metric('registered', 'gauge', 'Whether the driver knows the daemon.', one(Number(device.state === 'registered'))),
    metric('registrations_total', 'counter', 'Registrations with the driver.', one(status.registrations)),
    metric('device_losses_total', 'counter', 'Times that the device was lost.', one(status.losses)),
    metric(
      'last_request_time_seconds',
      'gauge',
      'When the host last asked; 0 if never.',
      one(seconds(status.lastRequestAt)),
    ),
    metric(
      'transactions_total',
      'counter',
      'Requests of the host.',
      transactions.flatMap(({ operation, statuses }) =>
        Object.entries(statuses).map(([name, count]): Sample => [{ operation, status: name }, count]),
      ),
    ),
    histogram(
      'transaction_duration_seconds',
      'From request to reply.',
      transactions.map(({ operation, latency }) => [{ operation }, latency]),
    ),
    metric('late_replies_total', 'counter', 'Replies that came too late and were dropped.', one(status.lateReplies)),
    metric('lock_waits_total', 'counter', 'Waits for the lock of another program.', one(lockWaits.count)),
    metric('lock_wait_seconds_total', 'counter', 'Time spent in such waits.', one(lockWaits.totalMs / msInSecond)),
    metric(
      'injections_total',
      'counter',
      'Requests of the host to set addresses.',
      Object.entries(injections).map(([result, count]) => [{ result }, count]),
    ),
    metric(
      'pool_records',
      'gauge',
      'Whole records in the file of a pool.',
      pools.flatMap((pool) => sized(pool, pool.records)),
    ),
    metric(
      'pool_bytes',
      'gauge',
      'Size of the file of a pool.',
      pools.flatMap((pool) => sized(pool, pool.bytes)),
    ),
  ].join('');
}

/** No sample for a pool without a file. */
function sized({ number, name }: StatusReport['pools'][number], size: number | null): readonly Sample[] {
  return size === null ? [] : [[{ pool: String(number), name }, size]];
}

function metric(name: string, kind: Kind, help: string, samples: readonly Sample[]): string {
  return heading(name, kind, help) + samples.map(([labels, value]) => line(name, labels, value)).join('');
}

/** Prometheus' buckets count everything up to their bound. */
function histogram(name: string, help: string, series: readonly (readonly [Labels, Durations])[]): string {
  const lines = series.map(([labels, { buckets, count, sumUs }]) => {
    let below = 0;
    const cumulative = buckets.map((bucket) => {
      below += bucket.count;
      const le = bucket.upToUs === null ? '+Inf' : String(bucket.upToUs / usInSecond);
      return line(`${name}_bucket`, { ...labels, le }, below);
    });
    return [...cumulative, line(`${name}_sum`, labels, sumUs / usInSecond), line(`${name}_count`, labels, count)].join(
      '',
    );
  });
  return heading(name, 'histogram', help) + lines.join('');
}

function heading(name: string, kind: Kind, help: string): string {
  return `# HELP hyperv_kvp_${name} ${help}\n# TYPE hyperv_kvp_${name} ${kind}\n`;
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${escape(text)}"`);
  return `hyperv_kvp_${name}${pairs.length === 0 ? '' : `{${pairs.join(',')}}`} ${value}\n`;
}

function escape(text: string): string {
  return text.replaceAll('\\', String.raw`\\`).replaceAll('"', String.raw`\"`).replaceAll('\n', String.raw`\n`);
}

function seconds(at: string | null): number {
  return at === null ? 0 : Date.parse(at) / msInSecond;
}

import type { IpInjectionStatus, PrivilegeStatus, StatusReport } from '../../control/protocol.ts';
import type { StatusWithAutoKeys } from './daemon-access.ts';
import { printable } from '../../message/printable.ts';
import type { Durations } from '../../control/histogram.ts';
import { type Align, columns } from '../columns.ts';
import { type Output, paint } from '../output.ts';
import { asWords, longTime, shortTime } from '../quantities.ts';

const latencyAligns: readonly Align[] = ['left', 'right', 'right', 'right', 'right', 'right'];

/** A status as lines for people; `now` is the wall clock. */
export function statusView(status: StatusWithAutoKeys, now: Date, output: Output): readonly string[] {
  const { version, pid, startedAt } = status;
  const up = longTime(now.getTime() - Date.parse(startedAt));
  return [
    paint(output, 'bold', `hv_kvp_daemon ${printable(version)}, process ${pid}, up ${up}`),
    ...columns(facts(status, now)),
    '',
    ...headed(output, operations(status), latencyAligns),
    '',
    ...headed(output, pools(status), ['left', 'right', 'right']),
    '',
    ...headed(
      output,
      [['reported to the host', ''], ...status.autoKeys.map(({ key, value }) => [printable(key), printable(value)])],
      [],
    ),
  ];
}

function facts(status: StatusReport, now: Date): readonly (readonly string[])[] {
  const { device, registrations, losses, lateReplies, lockWaits, lastRequestAt, ipInjection, injections, privileges } =
    status;
  const { state, integrationServices: version, trouble } = device;
  const services = version === '' ? '' : `, integration services ${printable(version)}`;
  const asked = lastRequestAt === null ? 'none yet' : `${longTime(now.getTime() - Date.parse(lastRequestAt))} ago`;
  const waits = `${lockWaits.count}, ${shortTime(lockWaits.longestMs * 1000)} at most`;
  const { file, readAt } = status.configuration;
  return [
    ['configuration', printable(`${file === '' ? 'no file' : file}, read ${readAt}`)],
    ['device', `${printable(device.path)}: ${state}${services}`],
    ...(trouble === '' ? [] : [['trouble', printable(trouble)]]),
    ['registered', `${times(registrations)}; the device was lost ${times(losses)}`],
    ['last request', asked],
    ['late replies', String(lateReplies)],
    ...status.pools.flatMap(({ name, journalTrouble }) =>
      journalTrouble === '' ? [] : [['degraded', printable(`${name} has no journal: ${journalTrouble}`)]],
    ),
    ['lock waits', lockWaits.count === 0 ? '0' : waits],
    ['rights', rights(privileges)],
    ['IP injection', policy(ipInjection)],
    ['injections', counts(injections) || '0'],
  ];
}

function rights({ uid, helper, trouble }: PrivilegeStatus): string {
  const user = uid === 0 ? 'root' : `user ${uid}`;
  if (helper === 'none') return user;
  return helper === 'lost' ? `${user}; its helper does not answer: ${printable(trouble)}` : `${user}, with a helper`;
}

function policy({ mode, backEnd, interfaces, deniedInterfaces }: IpInjectionStatus): string {
  const allowed = interfaces.length === 0 ? 'all synthetic adapters' : interfaces.join(' ');
  const denied = deniedInterfaces.length === 0 ? '' : `, not ${deniedInterfaces.join(' ')}`;
  return printable(mode === 'off' ? mode : `${mode}, back end ${backEnd}, ${allowed}${denied}`);
}

function operations({ transactions, latency }: StatusReport): readonly (readonly string[])[] {
  const row = (name: string, durations: Durations, statuses: string): readonly string[] => {
    const { count, p50Us, p90Us, p99Us, maxUs } = durations;
    return [name, String(count), ...[p50Us, p90Us, p99Us, maxUs].map(shortTime), statuses];
  };
  return [
    ['operation', 'count', 'p50 ≤', 'p90 ≤', 'p99 ≤', 'max', 'status'],
    ...transactions.map((each) => row(each.operation, each.latency, counts(each.statuses))),
    row('all', latency, ''),
  ];
}

function pools(status: StatusReport): readonly (readonly string[])[] {
  const rows = status.pools.map(({ number, name, records, bytes }) =>
    bytes === null ? [`${number} ${name}`, 'none', ''] : [`${number} ${name}`, String(records), String(bytes)],
  );
  return [['pool', 'records', 'bytes'], ...rows];
}

/** What occurred, and how often. */
function counts(byName: Readonly<Record<string, number>>): string {
  const occurred = Object.entries(byName).filter(([, count]) => count > 0);
  return occurred.map(([name, count]) => `${asWords(name)} ${count}`).join(', ');
}

function headed(output: Output, rows: readonly (readonly string[])[], aligns: readonly Align[]): readonly string[] {
  return columns(rows, aligns).map((line, at) => (at === 0 ? paint(output, 'dim', line) : line));
}

function times(count: number): string {
  return count === 1 ? 'once' : `${count} times`;
}

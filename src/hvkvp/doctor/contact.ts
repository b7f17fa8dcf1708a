import type { Check, Patient } from './check.ts';
import type { DaemonReport } from './daemon-report.ts';
import { advice, type Finding, ok, problem, unknown } from './finding.ts';

const needs = ['hypervisor', 'driver', 'data-exchange', 'device', 'daemon'];
/** A host asks as soon as there is a daemon; give a busy one some time. */
const patienceMs = 60_000;
/** Hosts that ask only when somebody looks pause for long; a silence of a day is worth a look. */
const usualPauseMs = 3_600_000;
const longestPauseMs = 86_400_000;
const restartOnHost = 'restart the Hyper-V Virtual Machine Management service, or switch Data Exchange off and on';
/** Clocks are corrected all the time; by less than this nobody is led astray. */
const toleratedMs = 2000;

/** Whether the driver knows our daemon. */
export const registration: Check = {
  name: 'registration',
  needs,
  examine: withReport(({ device }) => {
    if (device.state === 'registered') {
      return ok(`registered${device.integrationServices && `, integration services ${device.integrationServices}`}`);
    }
    return problem(
      `the daemon waits for the device${device.trouble && `: ${device.trouble}`}`,
      'wait for the host to offer the service; if it does, see the daemon’s log',
    );
  }),
};

/** Whether the host asks at all. */
export const requests: Check = {
  name: 'requests',
  needs: [...needs, 'registration'],
  examine: withReport(({ lastRequestAt, startedAt }, { now }) => {
    if (lastRequestAt !== null) return sinceLast(Date.parse(lastRequestAt), Date.parse(startedAt), now.getTime());
    if (now.getTime() - Date.parse(startedAt) < patienceMs) {
      return unknown('no request from the host yet, but the daemon has just started', 'look again in a minute');
    }
    return problem('no request from the host since the daemon started', `on the host: ${restartOnHost}`);
  }),
};

/** A host that has asked for as long as it is silent now may ask again. */
function sinceLast(last: number, started: number, now: number): Finding {
  const silenceMs = now - last;
  const isSilent = silenceMs > longestPauseMs || (silenceMs > usualPauseMs && silenceMs > last - started);
  if (!isSilent) return ok(`last request from the host: ${ago(silenceMs)}`);
  return advice(
    `no request from the host for ${duration(silenceMs)}, after earlier ones; it may have closed the channel`,
    `on the host: query the guest’s keys, and if there is no answer ${restartOnHost}; here: restart the daemon, and look for refused requests in its log`,
  );
}

/** Whether the clock went back since the last contact: what is stale is judged by time. */
export const clock: Check = {
  name: 'clock',
  needs: [...needs, 'registration', 'requests'],
  examine: withReport(({ lastRequestAt, startedAt }, { now }) => {
    const last = Math.max(Date.parse(startedAt), lastRequestAt === null ? 0 : Date.parse(lastRequestAt));
    const aheadMs = last - now.getTime();
    if (aheadMs <= toleratedMs) return ok('it has not gone backwards since the last request');
    return problem(
      `it went backwards by ${duration(aheadMs)} since the last request`,
      'check what sets it (chrony, ntpd, the host’s Time Synchronization), and use only one of them',
    );
  }),
};

function withReport(look: (report: DaemonReport, patient: Patient) => Finding): Check['examine'] {
  return (patient) => {
    const { report } = patient;
    return 'silence' in report ? unknown(report.silence, report.remedy) : look(report, patient);
  };
}

function ago(ms: number): string {
  return ms < 1000 ? 'just now' : `${duration(ms)} ago`;
}

const units = [
  ['d', 86_400],
  ['h', 3600],
  ['min', 60],
] as const;

/** In the largest unit that there is one of. */
function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  const [name, size] = units.find(([, each]) => seconds >= each) ?? ['s', 1];
  return `${Math.floor(seconds / size)} ${name}`;
}

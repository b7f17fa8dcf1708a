import { describe } from 'vitest';
import type { Silence } from '../../../../src/hvkvp/doctor/daemon-report.ts';
import type { System } from '../../../../src/message/dialect.ts';
import { type Changes, goodReport } from './support/guest.ts';
import { outcomes } from './support/outcomes.ts';

const silence: Silence = { silence: 'nobody answers', remedy: 'start one' };

const says = (changes: Partial<typeof goodReport>): Changes => ({ report: { ...goodReport, ...changes } });
const waiting = { ...goodReport.device, state: 'waiting', integrationServices: '', trouble: 'ENOENT' } as const;

describe.each<System>(['linux', 'freebsd'])('the contact to the host, on %s', (system) => {
  outcomes('registration', system, [
    ['registered', {}, 'ok', 'registered, integration services 3.1'],
    ['waiting', says({ device: waiting }), 'problem', 'the daemon waits for the device: ENOENT'],
    ['no daemon of ours answers', { report: silence }, 'unknown', 'nobody answers'],
  ]);
  outcomes('requests', system, [
    ['some', {}, 'ok', 'host: 12 s ago'],
    ['one now', says({ lastRequestAt: '2026-03-01T11:59:59.900Z' }), 'ok', 'host: just now'],
    ['some time ago', says({ lastRequestAt: '2026-03-01T09:30:00.000Z' }), 'ok', 'host: 2 h ago'],
    [
      'none for a day, where some came for weeks',
      says({ startedAt: '2026-01-01T00:00:00.000Z', lastRequestAt: '2026-02-28T11:00:00.000Z' }),
      'advice',
      'no request from the host for 1 d, after earlier ones',
    ],
    [
      'none for longer than some came',
      says({ lastRequestAt: '2026-03-01T06:30:00.000Z' }),
      'advice',
      'no request from the host for 5 h, after earlier ones',
    ],
    ['none since long', says({ lastRequestAt: null }), 'problem', 'no request from the host'],
    ['none yet', says({ lastRequestAt: null, startedAt: '2026-03-01T11:59:30.000Z' }), 'unknown', 'just started'],
    ['no daemon of ours answers', { report: silence }, 'unknown', 'nobody answers'],
  ]);
  outcomes('clock', system, [
    ['sane', {}, 'ok', 'has not gone back'],
    ['a little adjusted', says({ lastRequestAt: '2026-03-01T12:00:01.000Z' }), 'ok', 'has not gone back'],
    ['went back', says({ lastRequestAt: '2026-03-01T13:00:00.000Z' }), 'problem', 'went backwards by 1 h'],
    ['before the start', says({ lastRequestAt: null, startedAt: '2026-03-03T12:00:00.000Z' }), 'problem', 'by 2 d'],
    ['no daemon of ours answers', { report: silence }, 'unknown', 'nobody answers'],
  ]);
});

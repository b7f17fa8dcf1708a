import { expect, it } from 'vitest';
import { RepeatedStatus } from '../../../../src/hvkvp/daemon/repeated-status.ts';
import { statusReport } from '../../../support/status-report.ts';

const minuteMs = 60_000;

it('asks what the host is told at first, once a minute, and after a reload or a registration', async () => {
  let [status, nowMs, asked] = [statusReport({ registrations: 1 }), 0, 0];
  const client = {
    status: () => Promise.resolve(status),
    autoKeys: () => Promise.resolve([{ key: 'OSName', value: String((asked += 1)) }]),
  };
  const repeated = new RepeatedStatus(client, () => nowMs);
  const told = async (): Promise<string | undefined> => (await repeated.ask()).autoKeys[0]?.value;
  expect(await told()).toBe('1');
  nowMs = minuteMs - 1;
  status = { ...status, lateReplies: 1 };
  expect(await repeated.ask()).toEqual({ ...status, autoKeys: [{ key: 'OSName', value: '1' }] });
  nowMs = minuteMs;
  expect([await told(), await told()]).toEqual(['2', '2']);
  status = { ...status, registrations: 2 };
  expect([await told(), await told()]).toEqual(['3', '3']);
  status = { ...status, configuration: { ...status.configuration, readAt: '2026-01-01T00:00:01.000Z' } };
  expect([await told(), await told()]).toEqual(['4', '4']);
  nowMs = minuteMs + minuteMs;
  expect([await told(), await told()]).toEqual(['5', '5']);
});

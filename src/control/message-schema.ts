import * as v from 'valibot';
import { poolNumbers } from '../message/pool.ts';
import { statusNames } from '../message/status.ts';
import type { ControlEvent, Hello } from './protocol.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

const at = v.pipe(v.string(), v.isoTimestamp());

const transaction = {
  type: v.literal('transaction'),
  at,
  status: v.picklist(statusNames),
  durationUs: count,
  isLate: v.exactOptional(v.literal(true)),
};

const ipValue = v.object({
  adapterId: v.string(),
  addressFamily: count,
  dhcpEnabled: v.boolean(),
  addresses: v.string(),
  subnets: v.string(),
  gateways: v.string(),
  dnsServers: v.string(),
});

/** The first line of a conversation or a recording. */
export const helloSchema: v.GenericSchema<unknown, Hello> = v.object({
  type: v.literal('hello'),
  protocol: count,
  version: v.string(),
  pid: count,
});

/** A line of a recording. What a later version adds is left out. */
export const eventSchema: v.GenericSchema<unknown, ControlEvent> = v.union([
  v.object({
    ...transaction,
    operation: v.picklist(['get', 'set', 'delete', 'enumerate']),
    pool: v.picklist(poolNumbers),
    index: v.exactOptional(count),
    key: v.exactOptional(v.string()),
    valueBytes: v.exactOptional(count),
    value: v.exactOptional(v.string()),
  }),
  v.object({
    ...transaction,
    operation: v.picklist(['get-ip-info', 'set-ip-info']),
    adapter: v.string(),
    value: v.exactOptional(ipValue),
  }),
  v.object({ ...transaction, operation: v.literal('refused'), reason: v.string() }),
  v.object({ type: v.literal('registered'), at, integrationServices: v.string() }),
  v.object({ type: v.literal('lost'), at, trouble: v.string() }),
  v.object({ type: v.literal('dropped'), count }),
]);

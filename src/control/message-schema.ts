import * as v from 'valibot';
import { poolNumbers } from '../message/pool.ts';
import { statusNames } from '../message/status.ts';

const count = v.pipe(v.number(), v.integer(), v.minValue(0));

/** ISO 8601 in UTC. */
const at = v.pipe(v.string(), v.isoTimestamp());

const transaction = {
  type: v.literal('transaction'),
  /** When the reply was written. */
  at,
  status: v.picklist(statusNames),
  durationUs: count,
  /** The reply was dropped, because the driver had answered the host itself. */
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

/** The first line of a conversation, unasked, or of a recording. Version and process are the daemon's. */
export const helloSchema = v.object({
  type: v.literal('hello'),
  protocol: count,
  version: v.string(),
  pid: count,
});

export type Hello = v.InferOutput<typeof helloSchema>;

/** What each line of a recording is, after the hello. What a later version adds is left out. */
export const eventSchema = v.union([
  v.object({
    ...transaction,
    operation: v.picklist(['get', 'set', 'delete', 'enumerate']),
    pool: v.picklist(poolNumbers),
    /** Of an enumerate. */
    index: v.exactOptional(count),
    /** Of an enumerate: of the record that was found. */
    key: v.exactOptional(v.string()),
    /** Of the value that was set or found. */
    valueBytes: v.exactOptional(count),
    /** Only for those who asked for values. */
    value: v.exactOptional(v.string()),
  }),
  v.object({
    ...transaction,
    operation: v.picklist(['get-ip-info', 'set-ip-info']),
    adapter: v.string(),
    /** What was set or found; only for those who asked for values. */
    value: v.exactOptional(ipValue),
  }),
  v.object({ ...transaction, operation: v.literal('refused'), reason: v.string() }),
  v.object({ type: v.literal('registered'), at, integrationServices: v.string() }),
  v.object({ type: v.literal('lost'), at, trouble: v.string() }),
  /** Events that this client was too slow for. */
  v.object({ type: v.literal('dropped'), count }),
]);

export type ControlEvent = v.InferOutput<typeof eventSchema>;

/** A request of the host and what came of it. */
export type TransactionEvent = Extract<ControlEvent, { readonly type: 'transaction' }>;

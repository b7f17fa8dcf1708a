import * as v from 'valibot';
import type { Field } from '../../message/field.ts';
import { parseJson } from '../../message/json.ts';
import { layout } from '../../message/layout.ts';
import { poolNumbers } from '../../message/pool.ts';
import type { HelperRequest } from './request.ts';

/** IFNAMSIZ of both systems. */
const longestInterfaceName = 16;
const byte = 0xff;

/** Text that came out of a field of the driver's message. */
function text({ size }: Field) {
  // What was not UTF-8 in it has become longer.
  const growth = 3;
  return v.pipe(v.string(), v.maxBytes(size * growth));
}

const { ip } = layout;
const ipValue = v.strictObject({
  adapterId: text(ip.adapterId),
  addressFamily: v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(byte)),
  dhcpEnabled: v.boolean(),
  addresses: text(ip.addresses),
  subnets: text(ip.subnets),
  gateways: text(ip.gateways),
  dnsServers: text(ip.dnsServers),
});
const pool = v.picklist(poolNumbers);

const requestSchema: v.GenericSchema<unknown, HelperRequest> = v.variant('request', [
  v.strictObject({ request: v.literal('device') }),
  v.strictObject({ request: v.picklist(['pool', 'journal']), pool }),
  v.strictObject({ request: v.literal('tail'), pool }),
  v.strictObject({ request: v.literal('inject'), value: ipValue }),
  v.strictObject({ request: v.literal('recover') }),
  v.strictObject({ request: v.literal('dhcp-state'), adapter: v.pipe(v.string(), v.maxLength(longestInterfaceName)) }),
]);

/** A request; undefined for anything that is not exactly one. */
export function parseRequest(packet: Buffer): HelperRequest | undefined {
  const result = v.safeParse(requestSchema, parseJson(packet.toString()));
  return result.success ? result.output : undefined;
}

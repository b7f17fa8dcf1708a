import type { Field } from './field.ts';
import { readBytes, writeText } from './fixed-text.ts';
import { layout } from './layout.ts';

/** Bits of `addr_family`. */
export const AddressFamily = {
  none: 0,
  ipv4: 1,
  ipv6: 2,
} as const;

/** `struct hv_kvp_ipaddr_value`. The lists are text as the protocol carries it, entries separated by ";". */
export interface IpValue {
  /** GET: a MAC address. SET: the adapter's GUID, or on FreeBSD its interface name. */
  readonly adapterId: string;
  /** Bits of {@link AddressFamily}. */
  readonly addressFamily: number;
  /** Speaks of IPv4. */
  readonly dhcpEnabled: boolean;
  readonly addresses: string;
  readonly subnets: string;
  readonly gateways: string;
  readonly dnsServers: string;
}

/** The body of a SET_IP_INFO, and of a GET_IP_INFO's reply. */
export function readIpValue(message: Buffer): IpValue {
  const text = (field: Field): string => readBytes(message, field).toString();
  return {
    adapterId: text(layout.ip.adapterId),
    addressFamily: message.readUInt8(layout.ip.addressFamily.offset),
    dhcpEnabled: message.readUInt8(layout.ip.dhcpEnabled.offset) !== 0,
    addresses: text(layout.ip.addresses),
    subnets: text(layout.ip.subnets),
    gateways: text(layout.ip.gateways),
    dnsServers: text(layout.ip.dnsServers),
  };
}

/** The body of a GET_IP_INFO's reply, and of a SET_IP_INFO. */
export function writeIpValue(message: Buffer, value: IpValue): void {
  const { ip } = layout;
  writeText(message, ip.adapterId, value.adapterId);
  message.writeUInt8(value.addressFamily, ip.addressFamily.offset);
  message.writeUInt8(Number(value.dhcpEnabled), ip.dhcpEnabled.offset);
  writeText(message, ip.addresses, value.addresses);
  writeText(message, ip.subnets, value.subnets);
  writeText(message, ip.gateways, value.gateways);
  writeText(message, ip.dnsServers, value.dnsServers);
}

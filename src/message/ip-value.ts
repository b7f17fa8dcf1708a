import type { Field } from './field.ts';
import { readBytes, writeText } from './fixed-text.ts';
import { layout } from './layout.ts';

/** Bits of `addr_family`. */
export const AddressFamily = {
  none: 0,
  ipv4: 1,
  ipv6: 2,
} as const;

/** The same, as people choose one or both. */
export const familyBits = { ...AddressFamily, both: AddressFamily.ipv4 | AddressFamily.ipv6 } as const;

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

/** The texts of an IP value, with or without the adapter that they speak of. */
export const ipLists = ['addresses', 'subnets', 'gateways', 'dnsServers'] as const;
export const ipTexts = ['adapterId', ...ipLists] as const;

/** The body of a SET_IP_INFO, and of a GET_IP_INFO's reply; a host's has other fields, and other texts in them. */
export function readIpValue(
  message: Buffer,
  ip: typeof layout.ip = layout.ip,
  text = (field: Field): string => readBytes(message, field).toString(),
): IpValue {
  return {
    adapterId: text(ip.adapterId),
    addressFamily: message.readUInt8(ip.addressFamily.offset),
    dhcpEnabled: message.readUInt8(ip.dhcpEnabled.offset) !== 0,
    addresses: text(ip.addresses),
    subnets: text(ip.subnets),
    gateways: text(ip.gateways),
    dnsServers: text(ip.dnsServers),
  };
}

/** The body of a GET_IP_INFO's reply, and of a SET_IP_INFO. */
export function writeIpValue(message: Buffer, value: IpValue): void {
  const { ip } = layout;
  message.writeUInt8(value.addressFamily, ip.addressFamily.offset);
  message.writeUInt8(Number(value.dhcpEnabled), ip.dhcpEnabled.offset);
  for (const text of ipTexts) writeText(message, ip[text], value[text]);
}

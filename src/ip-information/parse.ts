import ipaddr from 'ipaddr.js';
import type { IpFamily } from '../platform/adapter.ts';
import { isAddress } from '../platform/address-form.ts';
import { addressBits } from '../platform/addresses.ts';

/** An address in the notation of RFC 5952, so that equal addresses are equal texts. */
export interface IpAddress {
  readonly family: IpFamily;
  readonly address: string;
}

/** An address with the length of its network's prefix. */
export interface Subnet extends IpAddress {
  readonly prefixLength: number;
}

/** The entries of a list, separated by ";" or ",": without the blanks around them and the empty ones between. */
export function parseList(text: string): readonly string[] {
  return text
    .split(/[;,]/)
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '');
}

/**
 * An address as four decimal numbers or in an IPv6 notation without scope; undefined for all else. Parts with a leading zero
 * are refused, for some programs read them as octal.
 */
export function parseAddress(text: string): IpAddress | undefined {
  if (!isAddress(text) || text.includes('%')) return undefined;
  const parsed = ipaddr.parse(text);
  if (parsed instanceof ipaddr.IPv4) return { family: 'ipv4', address: parsed.toString() };
  return { family: 'ipv6', address: parsed.toRFC5952String() };
}

/** The prefix length that a mask stands for: "24", "/24", "255.255.255.0", "ffff:ffff::". Undefined if it stands for none. */
export function parseMask(text: string, family: IpFamily): number | undefined {
  const prefixLength = /^\/?\d{1,3}$/.test(text) ? Number(text.replace('/', '')) : maskLength(text, family);
  if (prefixLength === undefined || prefixLength < 1 || prefixLength > addressBits[family]) return undefined;
  return prefixLength;
}

/** Undefined for a mask with holes. */
function maskLength(text: string, family: IpFamily): number | undefined {
  const mask = parseAddress(text);
  if (mask?.family !== family) return undefined;
  return ipaddr.parse(mask.address).prefixLengthFromSubnetMask() ?? undefined;
}

/** The dotted form of an IPv4 prefix length. */
export function dottedMask(prefixLength: number): string {
  return ipaddr.IPv4.subnetMaskFromPrefixLength(prefixLength).toString();
}

/** A range such as "10.0.0.0/8"; undefined if the text is none. */
export function parseRange(text: string): Subnet | undefined {
  const [, start = '', length = ''] = /^([^/]+)\/(\d{1,3})$/.exec(text) ?? [];
  const address = parseAddress(start);
  if (address === undefined || Number(length) > addressBits[address.family]) return undefined;
  return { ...address, prefixLength: Number(length) };
}

/** Whether an address lies in a network; the other family's never does. */
export function isWithin(address: IpAddress, { family, address: start, prefixLength }: Subnet): boolean {
  if (address.family !== family) return false;
  const one = ipaddr.parse(address.address);
  const other = ipaddr.parse(start);
  if (one instanceof ipaddr.IPv4) return other instanceof ipaddr.IPv4 && one.match(other, prefixLength);
  return other instanceof ipaddr.IPv6 && one.match(other, prefixLength);
}

/** Whether it is the number of a network or its broadcast address, not one of a host in it. Point-to-point networks have neither. */
export function isNetworkOrBroadcast({ family, address, prefixLength }: Subnet): boolean {
  if (family === 'ipv6' || prefixLength >= addressBits.ipv4 - 1) return false;
  const range = `${address}/${prefixLength}`;
  const ends = [ipaddr.IPv4.networkAddressFromCIDR(range), ipaddr.IPv4.broadcastAddressFromCIDR(range)];
  return ends.some((end) => end.toString() === address);
}

/** What cannot be anybody's address, by name; undefined for one that can. */
export function unusableRange({ family, address }: IpAddress): string | undefined {
  const range = ipaddr.parse(address).range();
  if (unusableRanges.includes(range)) return range;
  return family === 'ipv4' && Number(address.split('.')[0]) >= firstReservedPart ? 'reserved' : undefined;
}

const unusableRanges: readonly string[] = ['unspecified', 'multicast', 'broadcast', 'loopback', 'ipv4Mapped'];
/** 240.0.0.0/4 was never given out. */
const firstReservedPart = 240;

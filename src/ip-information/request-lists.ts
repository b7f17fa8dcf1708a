import type { Field } from '../message/field.ts';
import type { IpValue } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { withoutScope } from '../platform/addresses.ts';
import {
  type IpAddress,
  isNetworkOrBroadcast,
  parseAddress,
  parseList,
  parseMask,
  type Subnet,
  unusableRange,
} from './parse.ts';

/** The lists of a request, each entry once, as a host may send them that changes one setting of what GET reported. */
export interface RequestLists {
  readonly addresses: readonly Subnet[];
  readonly gateways: readonly IpAddress[];
  readonly dnsServers: readonly IpAddress[];
  /** What of them is not heeded, for the log. */
  readonly remarks: readonly string[];
}

/** Why a request makes no sense. */
export class Invalid extends Error {}

/** The most of each that a request may have. */
const limits = { addresses: 64, gateways: 5, dnsServers: 16 } as const;

/** The lists of a request. Throws {@link Invalid}. */
export function readLists(value: IpValue): RequestLists {
  const servers = unique(read('DNS server', entries('DNS server', value.dnsServers, layout.ip.dnsServers)));
  return {
    addresses: readAddresses(value),
    gateways: unique(read('gateway', readGateways(value))),
    dnsServers: servers.slice(0, limits.dnsServers),
    remarks:
      servers.length > limits.dnsServers
        ? [`only the first ${limits.dnsServers} of ${servers.length} DNS servers are used`]
        : [],
  };
}

/** A mask that is left over without an address says nothing. */
function readAddresses(value: IpValue): readonly Subnet[] {
  const addresses = read('address', entries('address', value.addresses, layout.ip.addresses, limits.addresses));
  const masks = entries('mask', value.subnets, layout.ip.subnets, limits.addresses);
  if (addresses.length === 0) return [];
  if (masks.length !== addresses.length) throw new Invalid(`${addresses.length} addresses but ${masks.length} masks`);
  return unique(addresses.map((address, index) => withMask(address, masks[index] ?? '')));
}

function withMask(address: IpAddress, mask: string): Subnet {
  const prefixLength = parseMask(mask, address.family);
  if (prefixLength === undefined) throw new Invalid(`'${mask}' is not a valid mask for ${address.address}`);
  const subnet = { ...address, prefixLength };
  if (!isNetworkOrBroadcast(subnet)) return subnet;
  throw new Invalid(`${address.address}/${prefixLength} is a network or its broadcast address`);
}

function readGateways({ gateways }: IpValue): readonly string[] {
  return entries('gateway', gateways, layout.ip.gateways, limits.gateways).filter(
    (entry) => !noGateway.includes(entry),
  );
}

/** What stands for none. */
const noGateway: readonly string[] = ['0.0.0.0', '::'];

/** The addresses of a list. The adapter says which link a zone means. */
function read(what: string, list: readonly string[]): readonly IpAddress[] {
  return list.map((entry) => {
    const address = parseAddress(withoutZone(entry));
    if (address === undefined) throw new Invalid(`'${entry}' is not a valid ${what}`);
    const range = unusableRange(address);
    // A name server may be on the loopback: a stub that resolv.conf names comes back like that.
    if (range === undefined || (range === 'loopback' && what === 'DNS server')) return address;
    throw new Invalid(`${what} ${address.address} is ${range}`);
  });
}

function withoutZone(entry: string): string {
  return entry.includes(':') ? withoutScope(entry) : entry;
}

function entries(what: string, text: string, field: Field, limit?: number): readonly string[] {
  // A field without its NUL may have been cut in the middle of an address.
  if (Buffer.byteLength(text) >= field.size) throw new Invalid(`the list of ${what} entries is too long`);
  const found = parseList(text);
  if (limit !== undefined && found.length > limit) throw new Invalid(`more than ${limit} ${what} entries`);
  return found;
}

function unique<T extends IpAddress>(addresses: readonly T[]): readonly T[] {
  return [...new Map(addresses.map((own) => [own.address, own])).values()];
}

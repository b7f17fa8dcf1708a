import type { System } from '../message/dialect.ts';
import type { Field } from '../message/field.ts';
import type { IpValue } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import { Status } from '../message/status.ts';
import type { Adapter, IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { guidOf } from './find-adapter.ts';
import {
  type IpAddress,
  isNetworkOrBroadcast,
  isWithin,
  parseAddress,
  parseList,
  parseMask,
  type Subnet,
  unusableRange,
} from './parse.ts';

/** What an adapter shall have, checked and normalised: nothing in it is text of the host's any more. */
export interface Proposal {
  readonly adapter: Adapter;
  /** Whether IPv4 comes by DHCP; there are no IPv4 addresses and gateways here then. */
  readonly dhcp: boolean;
  /** Without IPv6 addresses, IPv6 is left to router advertisements. */
  readonly addresses: readonly Subnet[];
  /** Of families that have addresses here. */
  readonly gateways: readonly Gateway[];
  readonly dnsServers: readonly IpAddress[];
}

export interface Gateway extends IpAddress {
  /** Whether it is in none of the networks, so that the system has to be told that it is on the link. */
  readonly onLink: boolean;
}

/** Why a request proposes nothing, and what the host is told. */
export interface Refusal {
  readonly status: Status;
  readonly reason: string;
}

export type Proposed = { readonly proposal: Proposal } | { readonly refusal: Refusal };

/** The most of each that a request may have. */
export const limits = { addresses: 64, gateways: 5, dnsServers: 16 } as const;

/** What the host asks for, if it makes sense and the adapter is there. Any text at all gives one or the other. */
export function propose(value: IpValue, adapters: readonly Adapter[], system: System): Proposed {
  try {
    const adapter = findOwner(value.adapterId, adapters, system);
    return { proposal: { adapter, ...readContent(value) } };
  } catch (error) {
    if (error instanceof Nonsense) return { refusal: { status: error.status, reason: error.message } };
    throw error;
  }
}

/** Ends the reading of a request, with the status of its refusal. */
class Nonsense extends Error {
  readonly status: Status;

  constructor(reason: string, status: Status = Status.invalidArgument) {
    super(reason);
    this.status = status;
  }
}

function readContent(value: IpValue): Omit<Proposal, 'adapter'> {
  const dhcp = value.dhcpEnabled;
  // A host that changes one thing of what it was told sends the rest back: also what does not go with DHCP, or is the kernel's.
  const addresses = readAddresses(value).filter(({ family, address }) =>
    family === 'ipv4' ? !dhcp : !isLinkLocal(address),
  );
  if (!dhcp && addresses.length === 0) throw new Nonsense('neither DHCP nor an address');
  const gateways = readGateways(value, addresses).filter(
    ({ family }) => isStatic(family, addresses) || !isAutomatic(family, dhcp),
  );
  const orphan = gateways.find(({ family }) => !isStatic(family, addresses));
  if (orphan !== undefined) throw new Nonsense(`gateway ${orphan.address} has no address of its family beside it`);
  const dnsServers = read('DNS server', value.dnsServers, layout.ip.dnsServers, limits.dnsServers);
  return { dhcp, addresses, gateways, dnsServers: unique(dnsServers) };
}

function isStatic(family: IpFamily, addresses: readonly Subnet[]): boolean {
  return addresses.some((own) => own.family === family);
}

function isAutomatic(family: IpFamily, dhcp: boolean): boolean {
  return family === 'ipv6' || dhcp;
}

function readAddresses(value: IpValue): readonly Subnet[] {
  const addresses = read('address', value.addresses, layout.ip.addresses, limits.addresses);
  const masks = entries('mask', value.subnets, layout.ip.subnets, limits.addresses);
  if (masks.length !== addresses.length) throw new Nonsense(`${addresses.length} addresses but ${masks.length} masks`);
  const subnets = addresses.map((address, index) => withMask(address, masks[index] ?? ''));
  return unique(subnets);
}

function withMask(address: IpAddress, mask: string): Subnet {
  const prefixLength = parseMask(mask, address.family);
  if (prefixLength === undefined) throw new Nonsense(`'${mask}' is no mask for ${address.address}`);
  const subnet = { ...address, prefixLength };
  if (!isNetworkOrBroadcast(subnet)) return subnet;
  throw new Nonsense(`${address.address}/${prefixLength} is a network or its broadcast address`);
}

function readGateways(value: IpValue, addresses: readonly Subnet[]): readonly Gateway[] {
  const gateways = unique(read('gateway', value.gateways, layout.ip.gateways, limits.gateways));
  return gateways.map((gateway) => {
    if (addresses.some(({ address }) => address === gateway.address)) {
      throw new Nonsense(`gateway ${gateway.address} is one of the addresses`);
    }
    const isNear = addresses.some((subnet) => isWithin(gateway, subnet));
    return { ...gateway, onLink: !isNear && !(gateway.family === 'ipv6' && isLinkLocal(gateway.address)) };
  });
}

/** The addresses of a list. A name server may be on the loopback: a stub that resolv.conf names comes back like that. */
function read(what: string, text: string, field: Field, limit: number): readonly IpAddress[] {
  return entries(what, text, field, limit).map((entry) => {
    const address = parseAddress(entry);
    if (address === undefined) throw new Nonsense(`'${entry}' is no ${what}`);
    const range = unusableRange(address);
    if (range === undefined || (range === 'loopback' && field === layout.ip.dnsServers)) return address;
    throw new Nonsense(`${what} ${address.address} is ${range}`);
  });
}

function entries(what: string, text: string, field: Field, limit: number): readonly string[] {
  // A field without its NUL may have been cut in the middle of an address.
  if (Buffer.byteLength(text) >= field.size) throw new Nonsense(`the list of ${what} entries is too long`);
  const found = parseList(text);
  if (found.length > limit) throw new Nonsense(`more than ${limit} ${what} entries`);
  return found;
}

function unique<T extends IpAddress>(addresses: readonly T[]): readonly T[] {
  return [...new Map(addresses.map((own) => [own.address, own])).values()];
}

/** SET names the adapter by its GUID, which FreeBSD's driver may have replaced by the name of the interface. */
function findOwner(adapterId: string, adapters: readonly Adapter[], system: System): Adapter {
  const guid = guidOf(adapterId);
  const found = adapters.find(
    (adapter) => (guid !== undefined && adapter.guid === guid) || (system === 'freebsd' && adapter.name === adapterId),
  );
  if (found === undefined) throw new Nonsense(`there is no adapter '${adapterId}'`, Status.guidNotFound);
  return found;
}

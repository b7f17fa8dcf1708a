import type { System } from '../message/dialect.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import { type Adapter, ipFamilies, type IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { ofFamily } from './family.ts';
import { guidOf } from './find-adapter.ts';
import { type IpAddress, isWithin, type Subnet } from './parse.ts';
import { Invalid, readLists } from './request-lists.ts';

/** What an adapter shall have, checked and normalised: nothing in it is text of the host's any more. */
export interface Proposal {
  readonly adapter: Adapter;
  /** The routing table of the VRF that the adapter is in, as far as it is known: the one with its default routes. */
  readonly vrfTable?: number;
  /**
   * What the request is about: configuration and addresses of another family stay. One that has no addresses here comes by DHCP, or
   * has its addresses and gateways removed, which leaves IPv6 to router advertisements.
   */
  readonly families: readonly IpFamily[];
  /** Whether IPv4 comes by DHCP: it is among the families, and has no addresses and gateways here then. */
  readonly dhcp: boolean;
  /** Of the families. */
  readonly addresses: readonly Subnet[];
  /** Of families that have addresses here. */
  readonly gateways: readonly Gateway[];
  /** Of either family, whatever the request is about. None: the servers stay as they are. */
  readonly dnsServers: readonly IpAddress[];
}

export interface Gateway extends IpAddress {
  /** Whether it is in none of the networks, so that the route to it must say that it is on the link. */
  readonly onLink: boolean;
}

/** Why a request proposes nothing, and the status for the host. */
export interface Refusal {
  readonly status: Status;
  readonly reason: string;
}

export type Proposed =
  /** `remarks`: what of the request is not heeded, for the log. */
  { readonly proposal: Proposal; readonly remarks: readonly string[] } | { readonly refusal: Refusal };

/**
 * What the host asks for, if it makes sense and the adapter is there. Any text at all gives one or the other. `isAutomatic` says of an
 * address whether the machine has it by itself, so that the host only sends back what GET reported.
 */
export function propose(
  value: IpValue,
  adapters: readonly Adapter[],
  system: System,
  isAutomatic: (address: string) => boolean = () => false,
): Proposed {
  const adapter = findTarget(value.adapterId, adapters, system);
  if (adapter === undefined) {
    return { refusal: { status: Status.guidNotFound, reason: `there is no adapter '${value.adapterId}'` } };
  }
  try {
    const { remarks, ...content } = readContent(value, isAutomatic);
    return { proposal: { adapter, ...content }, remarks };
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return { refusal: { status: Status.invalidArgument, reason: error.message } };
  }
}

/** SET names the adapter by its GUID, which FreeBSD's driver may have replaced by the name of the interface. */
function findTarget(adapterId: string, adapters: readonly Adapter[], system: System): Adapter | undefined {
  const guid = guidOf(adapterId);
  return adapters.find(
    (adapter) => (guid !== undefined && adapter.guid === guid) || (system === 'freebsd' && adapter.name === adapterId),
  );
}

function readContent(
  value: IpValue,
  isAutomatic: (address: string) => boolean,
): Omit<Proposal, 'adapter'> & { readonly remarks: readonly string[] } {
  const lists = readLists(value);
  const scope = scopeOf(value.addressFamily);
  const dhcp = value.dhcpEnabled && scope.includes('ipv4');
  const addresses = wanted(lists.addresses, scope, dhcp).filter(({ address }) => !isAutomatic(address));
  const isAboutOthers = lists.addresses.length > 0 && !lists.addresses.some(({ family }) => scope.includes(family));
  if (isAboutOthers && !dhcp) {
    throw new Invalid(`it is for ${scope.join()} only, but has addresses of the other family`);
  }
  const gateways = lists.gateways
    .filter(({ family }) => scope.includes(family))
    .filter(({ family }) => has(family, addresses) || !comesByItself(family, dhcp))
    .map((gateway) => asGateway(gateway, addresses));
  const orphan = gateways.find(({ family }) => !has(family, addresses));
  if (orphan !== undefined) throw new Invalid(`gateway ${orphan.address} has no address of its family in the request`);
  const { dnsServers, remarks } = lists;
  const families = familiesOf(scope, addresses, dhcp, dnsServers.length > 0);
  if (families.length === 0 && dnsServers.length === 0) throw new Invalid('neither DHCP nor an address');
  return { families, dhcp, addresses, gateways, dnsServers, remarks };
}

/** Both, unless the request names one. */
function scopeOf(bits: number): readonly IpFamily[] {
  const named = ipFamilies.filter((family) => (bits & AddressFamily[family]) !== 0);
  return named.length === 0 ? ipFamilies : named;
}

/**
 * A host that changes one setting sends back the rest as GET reported it: also addresses that do not go with DHCP, and those that the
 * kernel makes for each link.
 */
function wanted(listed: readonly Subnet[], scope: readonly IpFamily[], dhcp: boolean): readonly Subnet[] {
  const inScope = listed.filter(({ family }) => scope.includes(family) && !(family === 'ipv4' && dhcp));
  const routed = inScope.filter(({ address }) => !isLinkLocal(address));
  // An IPv4 network of this kind may be all that there is, between the nodes of a cluster.
  return has('ipv4', routed) ? routed : [...ofFamily('ipv4', inScope), ...routed];
}

/** One that the request names alone and gives nothing is to be emptied, but not by a request which has name servers alone. */
function familiesOf(
  scope: readonly IpFamily[],
  addresses: readonly Subnet[],
  dhcp: boolean,
  hasServers: boolean,
): readonly IpFamily[] {
  const given = scope.filter((family) => has(family, addresses) || (family === 'ipv4' && dhcp));
  return given.length === 0 && scope.length === 1 && !hasServers ? scope : given;
}

function has(family: IpFamily, addresses: readonly Subnet[]): boolean {
  return ofFamily(family, addresses).length > 0;
}

function comesByItself(family: IpFamily, dhcp: boolean): boolean {
  return family === 'ipv6' || dhcp;
}

function asGateway(gateway: IpAddress, addresses: readonly Subnet[]): Gateway {
  if (addresses.some(({ address }) => address === gateway.address)) {
    throw new Invalid(`gateway ${gateway.address} is one of the addresses`);
  }
  const isNear = addresses.some((subnet) => isWithin(gateway, subnet));
  return { ...gateway, onLink: !isNear && !(gateway.family === 'ipv6' && isLinkLocal(gateway.address)) };
}

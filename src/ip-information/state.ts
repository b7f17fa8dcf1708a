import type { IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { cidr, ofFamily } from './family.ts';
import { parseAddress } from './parse.ts';
import type { Proposal } from './propose.ts';

/** What an adapter has, in the notation of a {@link Proposal}. */
export interface AdapterState {
  readonly dhcp: boolean;
  /** With prefix lengths; without the link-local ones of IPv6. */
  readonly addresses: Readonly<Record<IpFamily, readonly string[]>>;
  readonly gateways: readonly string[];
}

export async function readState(platform: Platform, adapter: string): Promise<AdapterState> {
  const own = platform.readAddresses().filter((address) => address.adapter === adapter);
  const cidrs = (family: IpFamily): readonly string[] =>
    own
      .filter((address) => address.family === family && !(family === 'ipv6' && isLinkLocal(address.address)))
      .map(({ address, prefixLength }) => `${normalised(address)}/${prefixLength}`);
  const routes = [...(await platform.readDefaultRoutes('ipv4')), ...(await platform.readDefaultRoutes('ipv6'))];
  return {
    dhcp: (await platform.readDhcpState(adapter)) ?? false,
    addresses: { ipv4: cidrs('ipv4'), ipv6: cidrs('ipv6') },
    gateways: routes.flatMap((route) =>
      route.adapter === adapter && route.gateway ? [normalised(route.gateway)] : [],
    ),
  };
}

/** What an adapter lacks of a proposal, or has beyond it; undefined if nothing. */
export function difference(proposal: Proposal, state: AdapterState): string | undefined {
  const { dhcp, gateways } = proposal;
  if (dhcp && !state.dhcp) return 'DHCP is off';
  if (dhcp && !state.addresses.ipv4.some((address) => !isLinkLocal(address))) return 'no address came by DHCP';
  for (const family of ['ipv4', 'ipv6'] as const) {
    const wanted = ofFamily(family, proposal.addresses).map(cidr);
    const found = state.addresses[family];
    const missing = wanted.find((address) => !found.includes(address));
    if (missing !== undefined) return `${missing} is missing`;
    const isAutomatic = wanted.length === 0 && (family === 'ipv6' || dhcp);
    const surplus = isAutomatic ? undefined : found.find((address) => !wanted.includes(address));
    if (surplus !== undefined) return `${surplus} is still there`;
  }
  const gateway = gateways.find(({ address }) => !state.gateways.includes(address));
  return gateway && `there is no default route by ${gateway.address}`;
}

/** What is lacking of a former state. Its addresses only: the rest belongs to them. */
export function loss(former: AdapterState, state: AdapterState): string | undefined {
  const now = [...state.addresses.ipv4, ...state.addresses.ipv6];
  const missing = [...former.addresses.ipv4, ...former.addresses.ipv6].find((address) => !now.includes(address));
  return missing && `${missing} is missing`;
}

export function describeState({ dhcp, addresses, gateways }: AdapterState): string {
  return describe(dhcp, [...addresses.ipv4, ...addresses.ipv6], gateways, []);
}

export function describeProposal({ dhcp, addresses, gateways, dnsServers }: Proposal): string {
  return describe(dhcp, addresses.map(cidr), addressesOf(gateways), addressesOf(dnsServers));
}

function describe(
  dhcp: boolean,
  addresses: readonly string[],
  gateways: readonly string[],
  dns: readonly string[],
): string {
  const parts = [
    ...(dhcp ? ['DHCP'] : []),
    ...addresses,
    ...gateways.map((gateway) => `via ${gateway}`),
    ...dns.map((server) => `DNS ${server}`),
  ];
  return parts.length === 0 ? 'nothing' : parts.join(' ');
}

function addressesOf(list: readonly { readonly address: string }[]): readonly string[] {
  return list.map(({ address }) => address);
}

/** The kernel's notation of an address is mostly, not always, that of RFC 5952. */
function normalised(address: string): string {
  return parseAddress(address)?.address ?? address;
}

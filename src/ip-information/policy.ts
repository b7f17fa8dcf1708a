import type { Adapter } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { cidr, ofFamily } from './family.ts';
import { type IpAddress, isWithin, type Subnet } from './parse.ts';
import type { Proposal } from './propose.ts';

/** What this guest lets its host change; the keys of `[ip_injection]`. */
export interface Policy {
  /** "dry-run": everything but the change itself. */
  readonly mode: 'off' | 'dry-run' | 'apply';
  /** Names of the interfaces that may be changed; empty: all synthetic adapters of Hyper-V. */
  readonly interfaces: readonly string[];
  readonly deniedInterfaces: readonly string[];
  /** Where the networks of addresses, gateways and name servers must be; empty: anywhere. DHCP could give others. */
  readonly addressRanges: readonly Subnet[];
  /** In place of the above for gateways and name servers, unless empty. */
  readonly gatewayRanges: readonly Subnet[];
  readonly dnsRanges: readonly Subnet[];
  /** Whether a request may change the gateway, the name servers, turn DHCP on, be about a family. What it may not change stays. */
  readonly gateway: boolean;
  readonly dns: boolean;
  readonly dhcp: boolean;
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

/** What refuses a proposal: the configuration key of the rule and why it does. */
export interface Objection {
  readonly rule: keyof typeof rules;
  readonly reason: string;
}

/** The first rule that refuses the proposal; undefined if all allow it. `target` is the adapter that the host named. */
export function objectionTo(proposal: Proposal, policy: Policy, target = proposal.adapter): Objection | undefined {
  for (const [rule, refuses] of Object.entries(rules)) {
    const reason = refuses(proposal, policy, target);
    // The keys of an object that is written out below are known.
    if (reason !== undefined) return { rule: rule as Objection['rule'], reason };
  }
  return undefined;
}

type Rule = (proposal: Proposal, policy: Policy, target: Adapter) => string | undefined;

const rules = {
  mode: (_, { mode }) => when(mode === 'off', 'nothing may be changed'),
  denied_interfaces({ adapter }, { deniedInterfaces }, target) {
    const denied = [target.name, adapter.name].find((name) => deniedInterfaces.includes(name));
    return when(denied !== undefined, `${denied} is denied`);
  },
  interfaces(_, { interfaces }, { name, guid }) {
    if (interfaces.length > 0) return when(!interfaces.includes(name), `${name} is not among them`);
    return when(guid === undefined, `${name} is not a synthetic adapter of Hyper-V`);
  },
  address_ranges({ dhcp, addresses, gateways, dnsServers }, { addressRanges, gatewayRanges, dnsRanges }) {
    if (addressRanges.length === 0) return undefined;
    const outside = outsideOf(addressRanges, [
      ...addresses,
      ...(gatewayRanges.length === 0 ? gateways : []),
      ...(dnsRanges.length === 0 ? dnsServers : []),
    ]);
    if (outside !== undefined) return outside;
    const network = addresses.find((one) => !addressRanges.some((range) => holds(range, one)));
    if (network !== undefined) return `the network of ${cidr(network)} is in none of them`;
    return when(dhcp, 'DHCP could give any address');
  },
  gateway_ranges: ({ dhcp, gateways }, { gatewayRanges }) =>
    outsideOf(gatewayRanges, gateways) ?? when(dhcp && gatewayRanges.length > 0, 'DHCP could give any gateway'),
  dns_ranges: ({ dhcp, dnsServers }, { dnsRanges }) =>
    outsideOf(dnsRanges, dnsServers) ?? when(dhcp && dnsRanges.length > 0, 'DHCP could give any name server'),
  gateway: ({ gateways }, { gateway }) => when(!gateway && gateways.length > 0, 'a gateway was asked for'),
  dns: ({ dnsServers }, { dns }) => when(!dns && dnsServers.length > 0, 'name servers were asked for'),
  dhcp: ({ dhcp }, policy) => when(!policy.dhcp && dhcp, 'DHCP was asked for'),
  ipv4: ({ families }, { ipv4 }) => when(!ipv4 && families.includes('ipv4'), 'IPv4 was asked for'),
  ipv6: ({ families }, { ipv6 }) => when(!ipv6 && families.includes('ipv6'), 'IPv6 was asked for'),
} as const satisfies Readonly<Record<string, Rule>>;

function when(refused: boolean, reason: string): string | undefined {
  return refused ? reason : undefined;
}

/** The first address that is in none of the ranges, if there are any. */
function outsideOf(ranges: readonly Subnet[], addresses: readonly IpAddress[]): string | undefined {
  if (ranges.length === 0) return undefined;
  const outside = addresses.find((one) => !ranges.some((range) => isWithin(one, range)));
  return outside && `${outside.address} is in none of them`;
}

/** Whether a range has the whole network of an address, for that is what the adapter reaches directly. */
function holds(range: Subnet, subnet: Subnet): boolean {
  return subnet.prefixLength >= range.prefixLength && isWithin(subnet, range);
}

/**
 * The proposal with what the host may not change, so that it stays: the gateways that the adapter has. An obstacle where they cannot
 * stay.
 */
export function withWhatStays(
  proposal: Proposal,
  { gateway }: Policy,
  present: readonly IpAddress[],
): Proposal | { readonly obstacle: string } {
  if (gateway) return proposal;
  const kept = present.filter(({ family }) => ofFamily(family, proposal.addresses).length > 0);
  const lost = kept.find((one) => !isReachableBy(one, proposal));
  if (lost !== undefined) {
    return {
      obstacle: `ip_injection.gateway: the gateway ${lost.address} is in none of the networks, and has to stay`,
    };
  }
  return { ...proposal, gateways: kept.map((one) => ({ ...one, onLink: false })) };
}

function isReachableBy(gateway: IpAddress, { addresses }: Proposal): boolean {
  return isLinkLocal(gateway.address) || addresses.some((subnet) => isWithin(gateway, subnet));
}

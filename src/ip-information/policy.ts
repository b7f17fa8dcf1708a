import type { IpFamily } from '../platform/adapter.ts';
import { ofFamily } from './family.ts';
import { isWithin, type Subnet } from './parse.ts';
import type { Proposal } from './propose.ts';

/** What this guest lets its host change; the keys of `[ip_injection]`. */
export interface Policy {
  /** "dry-run": everything but the change itself. */
  readonly mode: 'off' | 'dry-run' | 'apply';
  /** Names of the interfaces that may be changed; empty: all synthetic adapters of Hyper-V. */
  readonly interfaces: readonly string[];
  readonly deniedInterfaces: readonly string[];
  /** Where addresses and gateways must be; empty: anywhere. */
  readonly addressRanges: readonly Subnet[];
  /** Whether a request may have a gateway, name servers, DHCP, addresses of a family. */
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

/** The first rule that refuses the proposal; undefined if all allow it. */
export function objectionTo(proposal: Proposal, policy: Policy): Objection | undefined {
  for (const [rule, refuses] of Object.entries(rules)) {
    const reason = refuses(proposal, policy);
    // The keys of an object that is written out below are known.
    if (reason !== undefined) return { rule: rule as Objection['rule'], reason };
  }
  return undefined;
}

type Rule = (proposal: Proposal, policy: Policy) => string | undefined;

const rules = {
  mode: (_, { mode }) => when(mode === 'off', 'nothing may be changed'),
  denied_interfaces: ({ adapter: { name } }, { deniedInterfaces }) =>
    when(deniedInterfaces.includes(name), `${name} is denied`),
  interfaces({ adapter: { name, guid } }, { interfaces }) {
    if (interfaces.length > 0) return when(!interfaces.includes(name), `${name} is not among them`);
    return when(guid === undefined, `${name} is not a synthetic adapter of Hyper-V`);
  },
  address_ranges({ addresses, gateways }, { addressRanges }) {
    const outside = [...addresses, ...gateways].find((one) => !addressRanges.some((range) => isWithin(one, range)));
    return when(addressRanges.length > 0 && outside !== undefined, `${outside?.address} is in none of them`);
  },
  gateway: ({ gateways }, { gateway }) => when(!gateway && gateways.length > 0, 'a gateway was asked for'),
  dns: ({ dnsServers }, { dns }) => when(!dns && dnsServers.length > 0, 'name servers were asked for'),
  dhcp: ({ dhcp }, policy) => when(!policy.dhcp && dhcp, 'DHCP was asked for'),
  ipv4: (proposal, { ipv4 }) => when(!ipv4 && (proposal.dhcp || has('ipv4', proposal)), 'IPv4 was asked for'),
  ipv6: (proposal, { ipv6 }) => when(!ipv6 && has('ipv6', proposal), 'IPv6 was asked for'),
} as const satisfies Readonly<Record<string, Rule>>;

function when(refused: boolean, reason: string): string | undefined {
  return refused ? reason : undefined;
}

function has(family: IpFamily, { addresses }: Proposal): boolean {
  return ofFamily(family, addresses).length > 0;
}

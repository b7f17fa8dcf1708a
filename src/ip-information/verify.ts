import type { IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { type Machine, readBytes } from '../platform/machine.ts';
import { cidr, familyOf, ofFamily } from './family.ts';
import type { Plan } from './plan.ts';
import type { Proposal } from './propose.ts';
import type { AdapterState, HeldAddress } from './state.ts';

/** What the configuration named before a change, so that what other programs have put on the adapter is not taken for it. */
export interface Former {
  readonly state: AdapterState;
  /** The text of the configuration files that the change is about, without hooks. */
  readonly configuration: string;
}

/** Commands of a stanza of /etc/network/interfaces: what they put on an adapter is theirs, and stays. */
const hooks = /^[ \t]*(?:pre-|post-)?(?:up|down)[ \t](?:\\\n|.)*$/gm;

/** The configuration that a plan is about to change, without its hooks. */
export function configurationOf({ files }: Plan, machine: Machine): string {
  return files.map(({ path }) => (readBytes(machine, path) ?? '').replaceAll(hooks, '')).join('\n');
}

/**
 * What an adapter lacks of a proposal, or still has of what it had before; undefined if nothing. Nothing is lacking of one that is not
 * connected: its addresses come with the carrier.
 */
export function difference(proposal: Proposal, former: Former, state: AdapterState): string | undefined {
  const { families, dnsServers } = proposal;
  if (state.isDisconnected) return undefined;
  for (const family of families) {
    const trouble = lacking(family, proposal, former, state) ?? remaining(family, proposal, former, state);
    if (trouble !== undefined) return trouble;
  }
  const gateway = proposal.gateways.find(({ address }) => !state.gateways.includes(address));
  if (gateway !== undefined) return `there is no default route by ${gateway.address}`;
  const unused = dnsServers.find(({ address }) => !state.dnsServers.includes(address));
  return unused && `the resolver does not ask the DNS server ${unused.address}`;
}

/** An address of a proposal of which it is not known yet whether another machine has it. */
export function unsettled({ addresses }: Proposal, state: AdapterState): string | undefined {
  const wanted = addresses.map(cidr);
  const open = state.isDisconnected
    ? undefined
    : state.addresses.find((own) => own.isTentative && wanted.includes(own.cidr));
  return open && `${open.cidr} is still looked for in other machines`;
}

/** What an adapter had of a family that the proposal is not about, and does not have again yet: a network manager may set up both families. */
export function missingOfOthers({ families }: Proposal, former: AdapterState, state: AdapterState): string | undefined {
  if (state.isDisconnected) return undefined;
  const isSettled = (cidr: string): boolean => state.addresses.some((own) => own.cidr === cidr && !own.isTentative);
  const others = former.addresses.filter((own) => !families.includes(own.family) && !own.isDynamic);
  const address = others.find((own) => !isSettled(own.cidr));
  if (address !== undefined) return `${address.cidr} is not back yet`;
  const gateway = former.gateways.find((one) => !families.includes(familyOf(one)) && !state.gateways.includes(one));
  return gateway && `the default route by ${gateway} is not back yet`;
}

function lacking(family: IpFamily, proposal: Proposal, former: Former, state: AdapterState): string | undefined {
  const held = ofHeldFamily(family, state);
  for (const wanted of ofFamily(family, proposal.addresses).map(cidr)) {
    const found = held.find((own) => own.cidr === wanted);
    if (found === undefined) return `${wanted} is missing`;
    if (found.isDuplicate) return `${wanted} is in use by another machine`;
  }
  return family === 'ipv4' && proposal.dhcp ? lackingDhcp(former, state, held) : undefined;
}

/** An unknown DHCP client may be at work: an address that was not there, or not static, shows that. */
function lackingDhcp(former: Former, { dhcp }: AdapterState, held: readonly HeldAddress[]): string | undefined {
  const routed = held.filter((own) => !isLinkLocal(own.cidr));
  if (dhcp === false) return 'DHCP is off';
  const isFormer = (own: HeldAddress): boolean =>
    dhcp === undefined && former.state.dhcp === false && former.state.addresses.some((one) => one.cidr === own.cidr);
  return routed.some((own) => !isFormer(own)) ? undefined : 'no address came by DHCP';
}

/**
 * An address of before that is still there. One that the configuration never named, and that did not come by DHCP, is another
 * program's, such as the virtual address of a cluster.
 */
function remaining(family: IpFamily, proposal: Proposal, former: Former, state: AdapterState): string | undefined {
  if (family === 'ipv4' && proposal.dhcp) return undefined;
  const wanted = ofFamily(family, proposal.addresses).map(cidr);
  const named = former.configuration.split(/[\s"',;=[\]]+/);
  const isStale = (own: HeldAddress): boolean =>
    former.state.addresses.some((one) => one.cidr === own.cidr) &&
    (family === 'ipv4' && own.isDynamic ? true : !own.isDynamic && isNamed(own.cidr, named));
  const stale = ofHeldFamily(family, state).find((own) => !wanted.includes(own.cidr) && isStale(own));
  return stale && `${stale.cidr} is still there`;
}

function isNamed(held: string, named: readonly string[]): boolean {
  return named.includes(held) || named.includes(held.replace(/\/.*/, ''));
}

function ofHeldFamily(family: IpFamily, { addresses }: AdapterState): readonly HeldAddress[] {
  return addresses.filter((own) => own.family === family);
}

/** What is not as it was; undefined if nothing. What goes by itself, such as a lease's address, may come back as another. */
export function loss(former: AdapterState, state: AdapterState): string | undefined {
  const now = state.addresses.map((own) => own.cidr);
  const before = former.addresses.map((own) => own.cidr);
  const missing = former.addresses.find((own) => !own.isDynamic && !now.includes(own.cidr));
  if (missing !== undefined) return `${missing.cidr} is missing`;
  const surplus = state.addresses.find((own) => !own.isDynamic && !before.includes(own.cidr));
  if (surplus !== undefined) return `${surplus.cidr} is there`;
  const route = former.gateways.find((gateway) => !state.gateways.includes(gateway));
  if (route !== undefined) return `the default route by ${route} is missing`;
  const further = state.gateways.find((gateway) => !former.gateways.includes(gateway));
  if (further !== undefined) return `a default route by ${further} is there`;
  if (former.isUp !== state.isUp) return state.isUp ? 'it is switched on' : 'it is switched off';
  const server = former.dnsServers.find((address) => !state.dnsServers.includes(address));
  return server && `the resolver does not ask the DNS server ${server}`;
}

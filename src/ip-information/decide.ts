import { type IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import { type Adapter, ipFamilies, type Network } from '../platform/adapter.ts';
import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import type { Deadline } from './deadline.ts';
import { findBackEnd } from './detect.ts';
import type { InjectionSettings } from './injection-settings.ts';
import { hiddenConfiguration } from './out-of-reach.ts';
import { ownerOf } from './owner.ts';
import type { BackEnd, Plan } from './plan.ts';
import { objectionTo, withWhatStays } from './policy.ts';
import { type Proposal, propose } from './propose.ts';
import { planResolver } from './resolver/plan-resolver.ts';
import { type AdapterState, gatewaysOf, readState } from './state.ts';

/** What a decision depends on. */
export interface Circumstances {
  readonly platform: Platform;
  readonly machine: Machine;
  readonly settings: InjectionSettings;
  readonly backEnds: readonly BackEnd[];
  /** How long a network manager that is only just coming up is waited for. */
  readonly waiting: Deadline;
}

/** What is to be done about a request of the host. */
export type Decision = Refused | Decided;

export interface Refused {
  readonly kind: 'refused';
  readonly status: Status;
  readonly reason: string;
  /** As far as the request made sense. */
  readonly proposal?: Proposal;
}

export interface Decided {
  readonly kind: 'decided';
  /** The adapter that the host named; that of the proposal has its addresses. */
  readonly target: Adapter;
  readonly proposal: Proposal;
  readonly backEnd: BackEnd;
  readonly plan: Plan;
  readonly former: AdapterState;
  /** What of the request is not heeded, for the log. */
  readonly remarks: readonly string[];
}

/** Names that mean the same in every configuration file and on every command line. The system's own, but not ours. */
const plainName = /^[A-Za-z\d_][\w.:@-]*$/;

/**
 * What a request of the host would change, by which network manager, and whether it may: whoever wants to know asks here. Changes
 * nothing.
 */
export async function decide(value: IpValue, circumstances: Circumstances): Promise<Decision> {
  const { platform, settings } = circumstances;
  const [adapters, network] = await Promise.all([platform.readAdapters(), platform.readNetwork()]);
  const isAutomatic = (address: string): boolean =>
    network.addresses.some((own) => own.family === 'ipv6' && own.isDynamic && own.address === address);
  const proposed = propose(value, adapters, platform.system, isAutomatic);
  if ('refusal' in proposed) return { kind: 'refused', ...proposed.refusal };
  const { adapter: target } = proposed.proposal;
  const owner = ownerOf(target, adapters, network);
  if ('obstacle' in owner) return refused(proposed.proposal, owner.obstacle);
  const asked = { ...proposed.proposal, adapter: owner.owner, ...vrfOf(network, owner.owner.name) };
  const objection = objectionTo(asked, settings.policy, target);
  if (objection !== undefined) return refused(asked, `ip_injection.${objection.rule}: ${objection.reason}`);
  const proposal = withWhatStays(asked, settings.policy, gatewaysOf(network, owner.owner.name));
  if ('obstacle' in proposal) return refused(asked, proposal.obstacle);
  const planned = await planFor(proposal, circumstances);
  if ('reason' in planned) return planned;
  return { kind: 'decided', target, ...planned, remarks: [...proposed.remarks, ...planned.remarks] };
}

/** Where default routes of several tables lead through it, those of the site's own rules are among them: it cannot be told which. */
function vrfOf({ defaultRoutes }: Network, adapter: string): Pick<Proposal, 'vrfTable'> {
  const own = ipFamilies.flatMap((family) => defaultRoutes[family]).filter((route) => route.adapter === adapter);
  const [vrfTable, ...others] = new Set(own.map((route) => route.vrfTable));
  return vrfTable === undefined || others.length > 0 ? {} : { vrfTable };
}

/** Sent back by a host that changes something else: configured, they would stay when those of the lease change. */
function isGivenByDhcp({ families, dhcp, dnsServers }: Proposal, former: AdapterState): boolean {
  if (former.dhcp !== true || (families.includes('ipv4') && !dhcp)) return false;
  return dnsServers.length > 0 && dnsServers.map(({ address }) => address).join() === former.dnsServers.join();
}

async function planFor(
  asked: Proposal,
  { platform, machine, settings, backEnds, waiting }: Circumstances,
): Promise<Refused | Omit<Decided, 'kind' | 'target'>> {
  const { adapter } = asked;
  if (!plainName.test(adapter.name)) return refused(asked, 'its name cannot be written to every file');
  const backEnd = await findBackEnd(settings.backEnd, backEnds, adapter, machine, waiting);
  if (backEnd === undefined) return refused(asked, 'no supported network manager has it or would take it');
  const unseen = hiddenConfiguration(backEnd.name, machine);
  if (unseen !== undefined) return refused(asked, unseen);
  // Not before: a network manager that is only just coming up gives the adapter its addresses.
  const former = await readState(platform, adapter.name);
  const isGiven = isGivenByDhcp(asked, former);
  const proposal = isGiven ? { ...asked, dnsServers: [] } : asked;
  const plan = await backEnd.plan(proposal, machine);
  if ('impossible' in plan) return refused(proposal, `${backEnd.name}: ${plan.impossible}`);
  const resolver = await planResolver(proposal, backEnd.name, former.dhcp ?? false, machine);
  if ('impossible' in resolver) return refused(proposal, resolver.impossible);
  const files = [...plan.files, ...resolver.files];
  const remarks = isGiven ? ['the DNS servers are those of the lease already'] : [];
  return { proposal, backEnd, plan: { ...plan, files }, former, remarks };
}

function refused(proposal: Proposal, reason: string): Refused {
  return { kind: 'refused', status: Status.fail, reason, proposal };
}

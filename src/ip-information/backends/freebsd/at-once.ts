import type { IpFamily } from '../../../platform/adapter.ts';
import { isLinkLocal } from '../../../platform/addresses.ts';
import { cidr, ofFamily } from '../../family.ts';
import { dottedMask, type Subnet } from '../../parse.ts';
import type { Command } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import { addRouter, removeRoutes, renewStaticRoutes, restoreRoutes, routerOf, type Routes } from './routers.ts';
import { type Configured, ifconfigVariable, type Values } from './interface-variables.ts';

/** What there is before a change. */
export interface Present {
  /** That the adapter has. */
  readonly held: readonly Subnet[];
  /** That the DHCP client got. */
  readonly leased: string | undefined;
  readonly configured: Configured;
  readonly values: Values;
  readonly routes: Routes;
}

/** What ifconfig(8) and route(8) do at once, and what undoes it: rc(8)'s own scripts wait for routers and duplicates longer than the host does. */
export interface AtOnce {
  readonly commands: readonly Command[];
  readonly undo: readonly Command[];
}

export function changeAtOnce(proposal: Proposal, present: Present): AtOnce {
  const families = proposal.families.map((family) => changeFamily(family, proposal, present));
  return {
    commands: families.flatMap(({ commands }) => commands),
    undo: families.flatMap(({ undo }) => undo),
  };
}

function changeFamily(family: IpFamily, proposal: Proposal, present: Present): AtOnce {
  const { adapter } = proposal;
  const wanted = ofFamily(family, proposal.addresses);
  const stale = staleOf(family, wanted, present);
  const missing = wanted.filter((subnet) => !present.held.some((own) => cidr(own) === cidr(subnet)));
  const client = family === 'ipv4' ? clientChange(proposal, present) : autoconfiguration(proposal, present);
  const routes = routeChange(family, proposal, present, stale.length + missing.length > 0);
  const set = (subnet: Subnet): Command => ({ program: 'ifconfig', args: [adapter.name, ...added(subnet)] });
  const remove = ({ address }: Subnet): Command => ({
    program: 'ifconfig',
    args: [adapter.name, inetWord(family), address, '-alias'],
    judgedBy: 'nothing',
  });
  const renewed = stale.length === 0 ? [] : renewStaticRoutes(family, present.values);
  return {
    commands: [
      ...client.before,
      ...routes.before,
      ...stale.map(remove),
      ...missing.map(set),
      ...routes.after,
      ...renewed,
      ...client.after,
    ],
    undo: [
      ...client.undoBefore,
      ...missing.map(remove),
      ...stale.map((subnet) => ({ ...set(subnet), judgedBy: 'nothing' as const })),
      ...routes.undo,
      ...renewed,
      ...client.undoAfter,
    ],
  };
}

/** What the adapter has because the configuration says so, or a lease; what others have put there stays. */
function staleOf(family: IpFamily, wanted: readonly Subnet[], present: Present): readonly Subnet[] {
  const { configured, leased } = present;
  const held = ofFamily(family, present.held).filter(({ address }) => family === 'ipv4' || !isLinkLocal(address));
  const named = ofFamily(family, configured.addresses).map(({ address }) => address);
  const isLease = family === 'ipv4' && configured.dhcp !== undefined;
  const byDhcp = isLease ? (leased ?? held.find(({ address }) => !named.includes(address))?.address) : undefined;
  return held
    .filter(({ address }) => named.includes(address) || address === byDhcp)
    .filter((own) => !wanted.some((subnet) => cidr(subnet) === cidr(own)));
}

interface ClientChange {
  readonly before: readonly Command[];
  readonly after: readonly Command[];
  readonly undoBefore: readonly Command[];
  readonly undoAfter: readonly Command[];
}

const none: ClientChange = { before: [], after: [], undoBefore: [], undoAfter: [] };

/** The DHCP client: one that is there would bring its address back, or take ours away. */
function clientChange({ adapter, dhcp }: Proposal, { configured }: Present): ClientChange {
  const had = configured.dhcp !== undefined;
  // In the background at once: it would wait for an address for up to a minute. One that runs already says so, and goes on.
  const start: Command = { program: 'dhclient', args: ['-b', adapter.name], judgedBy: 'nothing' };
  const stop: Command = { program: 'service', args: ['dhclient', 'onestop', adapter.name], judgedBy: 'nothing' };
  if (dhcp) return { ...none, after: [start], undoBefore: had ? [] : [stop] };
  return had ? { ...none, before: [stop], undoAfter: [start] } : none;
}

/** Router advertisements: on where a family is emptied. An interface without a variable for IPv6 has none switched on. */
function autoconfiguration({ adapter, addresses }: Proposal, { values }: Present): ClientChange {
  const former = values.get(`${ifconfigVariable(adapter.name)}_ipv6`);
  const inet6 = (...words: readonly string[]): Command => {
    return { program: 'ifconfig', args: [adapter.name, 'inet6', ...words], judgedBy: 'nothing' };
  };
  const enable = former === undefined ? [inet6('-ifdisabled')] : [];
  const disable = former === undefined ? [inet6('ifdisabled')] : [];
  const isEmptied = ofFamily('ipv6', addresses).length === 0;
  if (!isEmptied || former?.includes('accept_rtadv') === true) return { ...none, before: enable, undoAfter: disable };
  // The daemon that asks for an advertisement once, in the background; without it one comes within minutes.
  const ask: Command = { program: 'rtsold', args: ['-1', adapter.name], judgedBy: 'nothing' };
  return {
    before: [...enable, inet6('accept_rtadv')],
    after: [ask],
    undoBefore: [inet6('-accept_rtadv')],
    undoAfter: disable,
  };
}

interface RouteChange {
  readonly before: readonly Command[];
  readonly after: readonly Command[];
  readonly undo: readonly Command[];
}

/** Of the default route. Nothing if it is there and keeps its address. */
function routeChange(family: IpFamily, proposal: Proposal, present: Present, isMoved: boolean): RouteChange {
  const { routes } = present;
  const router = routerOf(family, proposal);
  const current = routes[family];
  const gateway = ofFamily(family, proposal.gateways)[0]?.address;
  const isThere =
    current.length === 1 &&
    current.every((route) => route.adapter === proposal.adapter.name && route.gateway === gateway);
  if (isThere && !isMoved) return { before: [], after: [], undo: [] };
  // A router's own advertisement, or DHCP's answer, comes again by itself.
  const hasClient = proposal.dhcp && present.configured.dhcp !== undefined;
  const comesAgain = router === undefined && (family === 'ipv6' || hasClient);
  const before = comesAgain ? [] : removeRoutes(family, proposal, routes);
  const added = router === undefined ? [] : [addRouter(family, router)];
  const taken = added.map((command) => ({
    ...command,
    args: command.args.map((word) => (word === 'add' ? 'delete' : word)),
    judgedBy: 'nothing' as const,
  }));
  const undo = before.length + added.length === 0 ? [] : [...taken, ...restoreRoutes(family, current)];
  return { before, after: added, undo };
}

function inetWord(family: IpFamily): string {
  return family === 'ipv4' ? 'inet' : 'inet6';
}

function added({ family, address, prefixLength }: Subnet): readonly string[] {
  const length = family === 'ipv4' ? ['netmask', dottedMask(prefixLength)] : ['prefixlen', String(prefixLength)];
  return [inetWord(family), address, ...length, 'alias'];
}

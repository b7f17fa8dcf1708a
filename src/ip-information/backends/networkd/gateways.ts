import type { IpFamily } from '../../../platform/adapter.ts';
import type { UnitSection } from '../../../platform/network-managers/unit-text.ts';
import { defaultMetrics, metricStep } from '../../gateway-metrics.ts';
import { parseAddress, parseRange } from '../../parse.ts';
import type { Gateway } from '../../propose.ts';
import { type DecidingTable, isDeciding } from '../deciding-table.ts';
import type { Draft, Place } from './draft.ts';
import { succession } from './succession.ts';

/** A default route of a definition: a `Gateway=` of [Network], or a [Route] section. */
type DefaultRoute =
  | { readonly kind: 'setting'; readonly place: Place }
  | { readonly kind: 'section'; readonly place: Omit<Place, 'setting'> };

/** Puts the gateways of a family where the former ones stood. Routes that are no default routes of the table that decides stay. */
export function editGateways(draft: Draft, family: IpFamily, gateways: readonly Gateway[], of: DecidingTable): void {
  const all = defaultRoutes(draft, family, of);
  // Releases differ in whether an empty setting takes back what stands before it: that goes, so that all agree.
  const isReset = ({ place }: DefaultRoute): boolean => draft.isReset(place, 'Gateway');
  for (const route of all.filter(isReset)) remove(draft, route);
  const former = all.filter((route) => !isReset(route));
  const { pairs, further } = succession(former, gateways, (route, { address }) => gatewayOf(route) === address);
  for (const [route, gateway] of pairs) {
    if (gateway === undefined) remove(draft, route);
    else replace(draft, route, gateway);
  }
  const metric = metricOf(former[0]) ?? (family === 'ipv4' ? dhcpMetric(draft) : undefined);
  for (const gateway of further) {
    const index = gateways.indexOf(gateway);
    add(draft, gateway, index === 0 ? metric : (metric ?? defaultMetrics[family]) + index * metricStep);
  }
}

/** The gateways that a definition names for a family. */
export function gatewaysOf(draft: Draft, family: IpFamily, of: DecidingTable): readonly string[] {
  return defaultRoutes(draft, family, of).flatMap((route) => gatewayOf(route) ?? []);
}

/** Whether routes go by [NextHop] sections, one of which has a gateway that would not be reached any more. */
export function hasNextHops(draft: Draft, families: readonly IpFamily[]): boolean {
  return draft.sections('NextHop').some(({ section }) => {
    const family = parseAddress(valueOf(section, 'Gateway') ?? '')?.family;
    return family !== undefined && families.includes(family);
  });
}

function gatewayOf(route: DefaultRoute): string | undefined {
  const text = route.kind === 'setting' ? route.place.setting.value : valueOf(route.place.section, 'Gateway');
  return parseAddress(text ?? '')?.address;
}

function metricOf(route: DefaultRoute | undefined): number | undefined {
  const metric = route?.kind === 'section' ? valueOf(route.place.section, 'Metric') : undefined;
  return metric === undefined ? undefined : Number(metric);
}

/** What puts the routes of DHCP behind another adapter's holds for a gateway in their place, too. */
function dhcpMetric(draft: Draft): number | undefined {
  const places = ['DHCPv4', 'DHCP'].flatMap((section) => draft.effectivePlaces(section, 'RouteMetric'));
  const metric = places.at(-1)?.setting.value;
  return metric === undefined ? undefined : Number(metric);
}

function defaultRoutes(draft: Draft, family: IpFamily, of: DecidingTable): readonly DefaultRoute[] {
  const plain = draft
    .places('Network', 'Gateway')
    .filter(({ setting }) => parseAddress(setting.value)?.family === family)
    .map((place) => ({ kind: 'setting', place }) as const);
  const sections = draft
    .sections('Route')
    .filter(({ section }) => isDefaultRoute(section, family, of))
    .map((place) => ({ kind: 'section', place }) as const);
  return [...plain, ...sections];
}

function isDefaultRoute(section: UnitSection, family: IpFamily, of: DecidingTable): boolean {
  if (!isDeciding(valueOf(section, 'Table'), of)) return false;
  if ((valueOf(section, 'Type') ?? 'unicast') !== 'unicast') return false;
  const destination = valueOf(section, 'Destination');
  const gateway = valueOf(section, 'Gateway') ?? valueOf(section, 'MultiPathRoute')?.split(/[@\s]/)[0];
  // "_dhcp4" and "_ipv6ra": those of DHCP or a router.
  if (gateway?.startsWith('_')) return false;
  if (destination !== undefined) {
    const range = parseRange(destination);
    return range?.family === family && range.prefixLength === 0;
  }
  return gateway !== undefined && parseAddress(gateway)?.family === family;
}

function remove(draft: Draft, route: DefaultRoute): void {
  if (route.kind === 'setting') draft.remove(route.place);
  else draft.removeSection(route.place);
}

function replace(draft: Draft, route: DefaultRoute, gateway: Gateway): void {
  if (route.kind === 'setting') {
    if (!gateway.onLink) {
      setUnlessEqual(draft, route.place, gateway.address);
      return;
    }
    draft.remove(route.place);
    add(draft, gateway, undefined);
    return;
  }
  const { fragment, section } = route.place;
  const setting = section.settings.findLast(({ key }) => key === 'Gateway');
  if (setting === undefined) draft.insert(route.place, 'Gateway', gateway.address);
  else setUnlessEqual(draft, { ...route.place, setting }, gateway.address);
  const other = section.settings.filter(({ key }) => key === 'MultiPathRoute' || key === 'Scope');
  for (const own of other) draft.remove({ fragment, setting: own });
  if (gateway.onLink) setOnLink(draft, route.place);
}

function setOnLink(draft: Draft, place: Omit<Place, 'setting'>): void {
  const setting = place.section.settings.findLast(({ key }) => key === 'GatewayOnLink');
  if (setting === undefined) draft.insert(place, 'GatewayOnLink', 'yes');
  else if (!/^(?:yes|true|on|1|y|t)$/.test(setting.value)) draft.set({ ...place, setting }, 'yes');
}

function setUnlessEqual(draft: Draft, place: Place, address: string): void {
  if (parseAddress(place.setting.value)?.address !== address) draft.set(place, address);
}

function add(draft: Draft, { address, onLink }: Gateway, metric: number | undefined): void {
  if (!onLink && metric === undefined) {
    draft.add('Network', 'Gateway', address);
    return;
  }
  const route = [
    `Gateway=${address}`,
    ...(onLink ? ['GatewayOnLink=yes'] : []),
    ...(metric === undefined ? [] : [`Metric=${metric}`]),
  ];
  draft.append('Route', route, 'Gateway');
}

function valueOf({ settings }: UnitSection, name: string): string | undefined {
  return settings.findLast(({ key }) => key === name)?.value;
}

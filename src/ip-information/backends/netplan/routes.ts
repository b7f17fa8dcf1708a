import type { IpFamily } from '../../../platform/adapter.ts';
import { parseAddress, parseRange } from '../../parse.ts';
import type { Gateway } from '../../propose.ts';
import { defaultMetrics, metricStep } from '../../gateway-metrics.ts';
import { type DecidingTable, isDeciding } from '../deciding-table.ts';
import { editLists, type Parts } from './parts.ts';
import { isMap, listAt, textAt, type Tree, type TreeMap, withKey } from './yaml-tree.ts';

/** Addresses that the adapter has no more, and the first of those that it has instead. */
interface Replaced {
  readonly gone: readonly string[];
  readonly first: string | undefined;
}

interface Told extends Replaced, DecidingTable {}

/** Puts the gateways of a family where the former ones stood. Routes that are no default routes of the table that decides stay. */
export function editRoutes(parts: Parts, family: IpFamily, gateways: readonly Gateway[], told: Told): Parts {
  const shortKey = family === 'ipv4' ? 'gateway4' : 'gateway6';
  const shortAt = parts.findLastIndex((part) => part[shortKey] !== undefined);
  const [first] = gateways;
  const isShort = shortAt >= 0 && first?.onLink === false;
  const short = parts.map((part, index) => {
    if (part[shortKey] === undefined) return part;
    return withKey(part, shortKey, isShort && index === shortAt ? first.address : undefined);
  });
  const listed = isShort ? gateways.slice(1) : gateways;
  const isDefault = (item: Tree): boolean => isDefaultRoute(item, family, told);
  const metric = metricOf(short, isDefault) ?? (family === 'ipv4' && !isShort ? dhcpMetric(parts) : undefined);
  const routed = editLists(short, 'routes', isDefault, (item, index) => {
    const gateway = listed[index];
    if (gateway === undefined) return undefined;
    if (item !== undefined && isMap(item)) return toGateway(item, gateway);
    const place = index + (isShort ? 1 : 0);
    const further = (metric ?? defaultMetrics[family]) + place * metricStep;
    return newRoute(family, gateway, place === 0 ? metric : further);
  });
  return routed.map((part) => withSources(part, told));
}

function metricOf(parts: Parts, isDefault: (item: Tree) => boolean): number | undefined {
  const metric = textAt(parts.flatMap((part) => listAt(part, 'routes')).find(isDefault), 'metric');
  return metric === undefined ? undefined : Number(metric);
}

/** What puts the routes of DHCP behind another adapter's holds for a gateway in their place, too. */
function dhcpMetric(parts: Parts): number | undefined {
  const metric = parts
    .map((part) => textAt(part['dhcp4-overrides'], 'route-metric'))
    .findLast((own) => own !== undefined);
  return metric === undefined ? undefined : Number(metric);
}

function isDefaultRoute(item: Tree, family: IpFamily, of: DecidingTable): boolean {
  if (!isDeciding(textAt(item, 'table'), of) || (textAt(item, 'type') ?? 'unicast') !== 'unicast') return false;
  const to = textAt(item, 'to');
  if (to === 'default') return (parseAddress(textAt(item, 'via') ?? '')?.family ?? 'ipv4') === family;
  const range = parseRange(to ?? '');
  return (to === '0/0' && family === 'ipv4') || (range?.family === family && range.prefixLength === 0);
}

function toGateway(route: TreeMap, { address, onLink }: Gateway): TreeMap {
  const isSame = parseAddress(textAt(route, 'via') ?? '')?.address === address;
  const next = isSame ? route : withKey(withKey(route, 'via', address), 'scope', undefined);
  return onLink ? withKey(next, 'on-link', 'true') : next;
}

function newRoute(family: IpFamily, { address, onLink }: Gateway, metric: number | undefined): TreeMap {
  return {
    // Older releases do not know "default".
    to: family === 'ipv4' ? '0.0.0.0/0' : '::/0',
    via: address,
    ...(onLink && { 'on-link': 'true' }),
    ...(metric !== undefined && { metric: String(metric) }),
  };
}

/** A route must not have a source that is not there any more: the network manager would give up the adapter. */
function withSources(part: TreeMap, { gone, first }: Replaced): TreeMap {
  const routes = listAt(part, 'routes');
  const isGone = (item: Tree): boolean => gone.includes(textAt(item, 'from') ?? '');
  if (!routes.some(isGone)) return part;
  return withKey(
    part,
    'routes',
    routes.map((item) => (isMap(item) && isGone(item) ? withKey(item, 'from', first) : item)),
  );
}

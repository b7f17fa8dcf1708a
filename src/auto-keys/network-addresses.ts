import type { Awaitable } from '../message/awaitable.ts';
import { capacity, separator, wholeEntries } from '../ip-information/address-list.ts';
import { layout } from '../message/layout.ts';
import type { AdapterAddress, DefaultRoute, IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { isContainerBridge } from './container-bridge.ts';
import { when } from './when.ts';

/** The driver cuts a value here, one unit before its field is full. */
const limit = capacity(layout.enumerate.value) - 1;

/**
 * The machine's addresses of a family, the one that a peer can reach first, since many host tools look no further: those of the
 * interface of the best default route, then the others', then those of container bridges, then link-local ones.
 */
export function networkAddresses(platform: Platform, family: IpFamily): Awaitable<string> {
  return when(platform.readDefaultRoutes(), (routes) => {
    const addresses = platform.readAddresses().filter((address) => address.family === family);
    return wholeEntries(inOrder(addresses, adaptersByRoute(routes, family)), limit).join(separator);
  });
}

/** The names of the adapters with a default route, best first; a route of the family itself goes before the other's. */
function adaptersByRoute(routes: readonly DefaultRoute[], family: IpFamily): readonly string[] {
  return routes
    .toSorted(
      (one, other) => Number(one.family !== family) - Number(other.family !== family) || one.metric - other.metric,
    )
    .map(({ adapter }) => adapter);
}

function inOrder(addresses: readonly AdapterAddress[], routed: readonly string[]): readonly string[] {
  const ranked = addresses.map(({ adapter, address }) => ({ address, rank: rank(adapter, address, routed) }));
  return ranked.sort((one, other) => one.rank - other.rank).map(({ address }) => address);
}

/** The lower, the earlier. */
function rank(adapter: string, address: string, routed: readonly string[]): number {
  if (isLinkLocal(address)) return routed.length + 2;
  if (routed.includes(adapter)) return routed.indexOf(adapter);
  return isContainerBridge(adapter) ? routed.length + 1 : routed.length;
}

import { capacity, separator, wholeEntries } from '../ip-information/address-list.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { layout } from '../message/layout.ts';
import type { IpFamily } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { isContainerBridge } from './container-bridge.ts';

/** The driver cuts a value here, one unit before its field is full. */
const limit = capacity(layout.enumerate.value) - 1;

/**
 * The machine's addresses of a family, the one that a peer can reach first, since many host tools look no further: those of the
 * interface of the best default route, then the others', then those of container bridges, then link-local ones.
 */
export function networkAddresses(
  platform: Pick<Platform, 'readAddresses' | 'readDefaultRoutes'>,
  family: IpFamily,
): Awaitable<string> {
  return whenReady(platform.readDefaultRoutes(family), (routes) => {
    const routed = routes.map(({ adapter }) => adapter);
    const addresses = platform
      .readAddresses()
      .filter((own) => own.family === family)
      .map(({ adapter, address }) => ({ address, rank: rank(adapter, address, routed) }))
      .sort((one, other) => one.rank - other.rank);
    return wholeEntries(
      addresses.map(({ address }) => address),
      limit,
    ).join(separator);
  });
}

/** The lower, the earlier; `routed` are the adapters with a default route, best first. */
function rank(adapter: string, address: string, routed: readonly string[]): number {
  if (isLinkLocal(address)) return Number.MAX_SAFE_INTEGER;
  if (routed.includes(adapter)) return routed.indexOf(adapter);
  return isContainerBridge(adapter) ? routed.length + 1 : routed.length;
}

import type { NetworkState } from '../device/native.ts';
import { capacity, separator, wholeEntries } from '../ip-information/address-list.ts';
import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { layout } from '../message/layout.ts';
import type { DefaultRoute, IpFamily } from '../platform/adapter.ts';
import { isReachable } from '../platform/addresses.ts';
import type { Machine } from '../platform/machine.ts';
import { mainRoutes } from '../platform/network.ts';
import type { Platform } from '../platform/platform.ts';
import { inOrder, type OwnAddress, type RankedAddress } from './address-order.ts';
import { type AddressSettings, defaultReport } from './report-settings.ts';

/** The driver cuts a value here, one unit before its field is full. */
const limit = capacity(layout.enumerate.value) - 1;

export interface AddressSource extends Pick<Platform, 'readAddresses' | 'readDefaultRoutes' | 'readLinks'> {
  /** What the kernel says, flags and tables among it; where it is not given, or has no links, the others are asked. */
  readonly networkState?: (() => NetworkState) | undefined;
}

/** The machine's addresses of a family, as many as the host's field holds. */
export function networkAddresses(
  source: AddressSource,
  family: IpFamily,
  settings: AddressSettings = defaultReport,
): Awaitable<string> {
  return whenReady(reportedAddresses(source, family, settings), (addresses) =>
    // A link-local one may be that of several.
    wholeEntries([...new Set(addresses.map(({ address }) => address))], limit).join(separator),
  );
}

/** All addresses of a family that are reported, in that order, with what decided it. */
function reportedAddresses(
  source: AddressSource,
  family: IpFamily,
  settings: AddressSettings,
): Awaitable<readonly RankedAddress[]> {
  const state = source.networkState?.();
  const ordered = (all: readonly OwnAddress[], routes: readonly DefaultRoute[]): readonly RankedAddress[] => {
    const addresses = all.filter((own) => own.family === family);
    const links = source.readLinks([...new Set(addresses.map(({ adapter }) => adapter))], state?.links ?? []);
    return inOrder({ addresses, links, routed: routes.map(({ adapter }) => adapter) }, settings);
  };
  if (state !== undefined && state.links.length > 0) return ordered(addressesOf(state), mainRoutes(family, state));
  return whenReady(source.readDefaultRoutes(family), (routes) => ordered(source.readAddresses(), routes));
}

/** The same of a machine as it is now, for who does not keep asking. */
export async function reportedAddressesNow(
  machine: Pick<Machine, 'networkState'>,
  platform: AddressSource,
  family: IpFamily,
  settings: AddressSettings,
): Promise<readonly RankedAddress[]> {
  const state = await machine.networkState?.();
  return await reportedAddresses({ ...platform, networkState: state && (() => state) }, family, settings);
}

function addressesOf({ addresses }: NetworkState): readonly OwnAddress[] {
  return addresses
    .filter(isReachable)
    .map(({ link, family, address, ...state }) => ({ adapter: link, family, address, state }));
}

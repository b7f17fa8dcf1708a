import type { AddressState, DefaultRouteState, LinkState, NetworkState } from '../device/native.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { DefaultRoute, IpFamily, KernelAddress, Network } from './adapter.ts';
import { isReachable, readAddresses } from './addresses.ts';
import type { Machine } from './machine.ts';

/** Where the addon does not report them. */
interface Readers {
  readonly readDefaultRoutes: (machine: Machine, family: IpFamily) => Awaitable<readonly DefaultRoute[]>;
  readonly readLinkStates: (machine: Machine) => Awaitable<readonly LinkState[]>;
}

/** What a machine's kernel has. */
export async function readNetwork(machine: Machine, { readDefaultRoutes, readLinkStates }: Readers): Promise<Network> {
  const state = await machine.networkState?.();
  const isTold = state !== undefined && state.links.length > 0;
  const [ipv4, ipv6, links] = isTold
    ? [routesOf('ipv4', state), routesOf('ipv6', state), state.links]
    : await Promise.all([
        readDefaultRoutes(machine, 'ipv4'),
        readDefaultRoutes(machine, 'ipv6'),
        readLinkStates(machine),
      ]);
  return {
    addresses: state === undefined ? withoutFlags(machine) : state.addresses.filter(isReachable).map(kernelAddress),
    defaultRoutes: { ipv4, ipv6 },
    links,
  };
}

/** Whether an adapter that is switched on has nothing at its other end. */
export function isDisconnected({ links }: Network, adapter: string): boolean {
  const link = linkOf(links, adapter);
  return link !== undefined && link.isUp && !link.hasCarrier;
}

/** A link by its name. */
export function linkOf(links: readonly LinkState[], name: string): LinkState | undefined {
  return links.find((link) => link.name === name);
}

function withoutFlags(machine: Machine): readonly KernelAddress[] {
  return readAddresses(machine).map((address) => ({
    ...address,
    isDynamic: false,
    isDuplicate: false,
    isTentative: false,
  }));
}

function kernelAddress({ link, ...rest }: AddressState): KernelAddress {
  const { family, address, prefixLength, isDynamic, isDuplicate, isTentative } = rest;
  return { adapter: link, family, address, prefixLength, isDynamic, isDuplicate, isTentative };
}

/** RT_TABLE_MAIN in <linux/rtnetlink.h>. */
export const mainTable = 254;

/** Of the main table; what is in a VRF has one of its own. */
function routesOf(wanted: IpFamily, state: NetworkState): readonly DefaultRoute[] {
  const { links } = state;
  return chosen(
    wanted,
    state,
    ({ table, link }) => table === mainTable || linkOf(links, linkOf(links, link)?.master ?? '')?.kind === 'vrf',
  );
}

/** By which the machine itself sends, the best first. */
export function mainRoutes(family: IpFamily, state: NetworkState): readonly DefaultRoute[] {
  return chosen(family, state, ({ table }) => table === mainTable);
}

function chosen(
  wanted: IpFamily,
  { defaultRoutes }: NetworkState,
  decides: (route: DefaultRouteState) => boolean,
): readonly DefaultRoute[] {
  return defaultRoutes
    .filter((route) => route.family === wanted && decides(route))
    .toSorted((one, other) => one.metric - other.metric)
    .map(({ link, gateway, table }) => ({
      adapter: link,
      gateway: gateway === '' ? undefined : gateway,
      ...(table !== mainTable && { vrfTable: table }),
    }));
}

import { ipFamilies, type IpFamily, type Network } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { isDisconnected, linkOf } from '../platform/network.ts';
import type { Platform } from '../platform/platform.ts';
import { parseAddress } from './parse.ts';

/** What an adapter has, in the notation of a proposal. */
export interface AdapterState {
  /** Undefined where nothing says so. */
  readonly dhcp: boolean | undefined;
  /** Without the link-local ones of IPv6. */
  readonly addresses: readonly HeldAddress[];
  /** Of the default routes, best first. */
  readonly gateways: readonly string[];
  /** Those that are asked for names. */
  readonly dnsServers: readonly string[];
  /** Whether it is switched on; true where that is unknown. */
  readonly isUp: boolean;
  /** Whether it is switched on and has nothing at its other end. */
  readonly isDisconnected: boolean;
}

export interface HeldAddress {
  readonly family: IpFamily;
  /** With the prefix length. */
  readonly cidr: string;
  /** Came by DHCP or a router's advertisement, where that is known. */
  readonly isDynamic: boolean;
  readonly isDuplicate: boolean;
  /** There while it is still looked for whether another machine has it. */
  readonly isTentative?: true;
}

export async function readState(platform: Platform, adapter: string): Promise<AdapterState> {
  const network = await platform.readNetwork();
  return {
    dhcp: await platform.readDhcpState(adapter),
    addresses: addressesOf(network, adapter),
    gateways: gatewaysOf(network, adapter).map(({ address }) => address),
    dnsServers: (await platform.readNameServers(adapter)).map(normalised),
    isUp: linkOf(network.links, adapter)?.isUp ?? true,
    isDisconnected: isDisconnected(network, adapter),
  };
}

function addressesOf({ addresses }: Network, adapter: string): readonly HeldAddress[] {
  return addresses
    .filter((own) => own.adapter === adapter && !(own.family === 'ipv6' && isLinkLocal(own.address)))
    .map(({ family, address, prefixLength, isDynamic, isDuplicate, isTentative }) => {
      const own = `${normalised(address)}/${prefixLength}`;
      return { family, cidr: own, isDynamic, isDuplicate, ...(isTentative && { isTentative }) };
    });
}

/** The gateways of an adapter's default routes, best first. */
export function gatewaysOf(
  { defaultRoutes }: Network,
  adapter: string,
): readonly { readonly family: IpFamily; readonly address: string }[] {
  return ipFamilies.flatMap((family) =>
    defaultRoutes[family].flatMap((route) =>
      route.adapter === adapter && route.gateway !== undefined ? [{ family, address: normalised(route.gateway) }] : [],
    ),
  );
}

/** The kernel's notation of an address is mostly, not always, that of RFC 5952. */
export function normalised(address: string): string {
  return parseAddress(address)?.address ?? address;
}

import type { Field } from '../message/field.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import type { KernelAddress } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { capacity, separator, wholeEntries } from './address-list.ts';
import { findAdapter, holdersOf } from './find-adapter.ts';
import { ownerOf } from './owner.ts';
import { dottedMask } from './parse.ts';
import { gatewaysOf } from './state.ts';

/** The host takes no more. */
const maximumGateways = 5;

/**
 * The IP information of the adapter that the host means, or of the bridge, bond or team whose port it is, or, where
 * it has no addresses, of all its VLANs and whatever else has its MAC address, in the stock daemon's format:
 * masks in the order of the addresses, "255.255.255.0" for IPv4 and "/64" for IPv6, and a ";" after every gateway and server.
 * Undefined if there is no such adapter.
 */
export async function readIpInformation(platform: Platform, adapterId: string): Promise<IpValue | undefined> {
  const [adapters, network] = await Promise.all([platform.readAdapters(), platform.readNetwork()]);
  const found = findAdapter(adapters, network, adapterId);
  if (found === undefined) return undefined;
  const asked = ownerOf(found, adapters, network);
  const holders = holdersOf('owner' in asked ? asked.owner : found, adapters, network);
  const [{ name }] = holders;
  const [dhcpEnabled = false, dnsServers] = await Promise.all([
    platform.readDhcpState(name),
    platform.readNameServers(name),
  ]);
  const own = inOrder(holders.flatMap((holder) => network.addresses.filter(({ adapter }) => adapter === holder.name)));
  const allGateways = holders.flatMap((holder) => gatewaysOf(network, holder.name).map(({ address }) => address));
  const gateways = [...new Set(allGateways)].slice(0, maximumGateways);
  return {
    adapterId,
    addressFamily: familyBits(own),
    dhcpEnabled,
    ...addressesAndSubnets(own),
    gateways: terminated(gateways, layout.ip.gateways),
    dnsServers: terminated(dnsServers, layout.ip.dnsServers),
  };
}

/** IPv4 then IPv6, in both the link-local ones last. */
function inOrder(addresses: readonly KernelAddress[]): readonly KernelAddress[] {
  return addresses
    .toSorted((one, other) => Number(isLinkLocal(one.address)) - Number(isLinkLocal(other.address)))
    .sort((one, other) => Number(one.family === 'ipv6') - Number(other.family === 'ipv6'));
}

function familyBits(addresses: readonly KernelAddress[]): number {
  return addresses.reduce<number>((bits, { family }) => bits | AddressFamily[family], AddressFamily.none);
}

/** Both lists end where the first of them is full, so that every address has its mask. */
function addressesAndSubnets(own: readonly KernelAddress[]): Pick<IpValue, 'addresses' | 'subnets'> {
  const addresses = own.map(({ address }) => address);
  const subnets = own.map(({ family, prefixLength }) =>
    family === 'ipv4' ? dottedMask(prefixLength) : `/${prefixLength}`,
  );
  const count = Math.min(
    wholeEntries(addresses, capacity(layout.ip.addresses)).length,
    wholeEntries(subnets, capacity(layout.ip.subnets)).length,
  );
  return { addresses: addresses.slice(0, count).join(separator), subnets: subnets.slice(0, count).join(separator) };
}

function terminated(entries: readonly string[], field: Field): string {
  const fitting = wholeEntries(entries, capacity(field) - separator.length);
  return fitting.map((entry) => entry + separator).join('');
}

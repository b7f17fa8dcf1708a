import type { Field } from '../message/field.ts';
import { AddressFamily, type IpValue } from '../message/ip-value.ts';
import { layout } from '../message/layout.ts';
import type { AdapterAddress, DefaultRoute } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import type { Platform } from '../platform/platform.ts';
import { capacity, separator, wholeEntries } from './address-list.ts';
import { findAdapter } from './find-adapter.ts';

/** The host takes no more. */
const maximumGateways = 5;

/**
 * The IP information of the adapter that the host means, in the stock daemon's format: masks in the order of the addresses,
 * "255.255.255.0" for IPv4 and "/64" for IPv6, and a ";" after every gateway and server. Undefined if there is no such adapter.
 */
export async function readIpInformation(platform: Platform, adapterId: string): Promise<IpValue | undefined> {
  const addresses = platform.readAddresses();
  const [adapters, ipv4Routes, ipv6Routes] = await Promise.all([
    platform.readAdapters(),
    platform.readDefaultRoutes('ipv4'),
    platform.readDefaultRoutes('ipv6'),
  ]);
  const adapter = findAdapter(adapters, addresses, adapterId);
  if (adapter === undefined) return undefined;
  const [dhcpEnabled = false, dnsServers] = await Promise.all([
    platform.readDhcpState(adapter.name),
    platform.readNameServers(adapter.name),
  ]);
  const own = inOrder(addresses.filter(({ adapter: name }) => name === adapter.name));
  return {
    adapterId,
    addressFamily: familyBits(own),
    dhcpEnabled,
    ...addressesAndSubnets(own),
    gateways: terminated(gatewaysOf(adapter.name, [...ipv4Routes, ...ipv6Routes]), layout.ip.gateways),
    dnsServers: terminated(dnsServers, layout.ip.dnsServers),
  };
}

/** IPv4 then IPv6, in both the link-local ones last. */
function inOrder(addresses: readonly AdapterAddress[]): readonly AdapterAddress[] {
  return addresses
    .toSorted((one, other) => Number(isLinkLocal(one.address)) - Number(isLinkLocal(other.address)))
    .sort((one, other) => Number(one.family === 'ipv6') - Number(other.family === 'ipv6'));
}

function familyBits(addresses: readonly AdapterAddress[]): number {
  return addresses.reduce<number>((bits, { family }) => bits | AddressFamily[family], AddressFamily.none);
}

/** Both lists end where the first of them is full, so that every address has its mask. */
function addressesAndSubnets(own: readonly AdapterAddress[]): Pick<IpValue, 'addresses' | 'subnets'> {
  const addresses = own.map(({ address }) => address);
  const subnets = own.map(({ family, netmask, prefixLength }) => (family === 'ipv4' ? netmask : `/${prefixLength}`));
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

function gatewaysOf(adapter: string, routes: readonly DefaultRoute[]): readonly string[] {
  const gateways = routes.filter((route) => route.adapter === adapter).flatMap(({ gateway }) => gateway ?? []);
  return [...new Set(gateways)].slice(0, maximumGateways);
}

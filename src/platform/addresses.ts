import type { NetworkInterfaceInfo } from 'node:os';
import type { AdapterAddress, IpFamily } from './adapter.ts';
import type { Machine } from './machine.ts';

/** Every address that somebody else could reach, in the kernel's order: none of the loopback, no unspecified one. */
export function readAddresses(machine: Machine): readonly AdapterAddress[] {
  return Object.entries(machine.networkInterfaces()).flatMap(([label, addresses = []]) =>
    addresses
      .filter((info) => !info.internal && isReachable(info))
      .map((info) => adapterAddress(adapterOfLabel(label), info)),
  );
}

/** Whether routers forward to it. Expects the kernel's own notation. */
export function isLinkLocal(address: string): boolean {
  return address.startsWith('169.254.') || /^fe[89ab][\da-f]:/.test(address);
}

/** "fe80::1%eth0" is an address and its scope. */
export function withoutScope(address: string): string {
  return address.replace(/%.*/, '');
}

/** Whether somebody else could reach it. */
export function isReachable({ address }: { readonly address: string }): boolean {
  return !['0.0.0.0', '::', '::1'].includes(address) && !address.startsWith('127.');
}

/** Linux gives the label of an IPv4 address for its interface: "eth0:1" is one of eth0. */
function adapterOfLabel(label: string): string {
  return label.replace(/:.*/, '');
}

export const addressBits: Readonly<Record<IpFamily, number>> = { ipv4: 32, ipv6: 128 };

function adapterAddress(adapter: string, { address, netmask, cidr, family }: NetworkInterfaceInfo): AdapterAddress {
  const ipFamily = family === 'IPv4' ? 'ipv4' : 'ipv6';
  const prefixLength = Number(cidr?.split('/')[1] ?? addressBits[ipFamily]);
  return { adapter, family: ipFamily, address: withoutScope(address), netmask, prefixLength };
}

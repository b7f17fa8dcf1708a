import { SocketAddress } from 'node:net';
import type { DefaultRoute } from '../adapter.ts';
import { type Machine, readText } from '../machine.ts';

/** RTF_REJECT in <linux/route.h>: what such a route leads to is said to be unreachable. */
const rejectFlag = 0x200;

/** The default routes of the main table, of IPv4 then IPv6, each in the kernel's order. */
export function readDefaultRoutes(machine: Machine): readonly DefaultRoute[] {
  return [
    ...readRoutes(machine, '/proc/net/route').flatMap(parseIpv4),
    ...readRoutes(machine, '/proc/net/ipv6_route').flatMap(parseIpv6),
  ];
}

function readRoutes(machine: Machine, path: string): readonly (readonly string[])[] {
  const lines = readText(machine, path)?.split('\n') ?? [];
  return lines.map((line) => line.trim().split(/\s+/));
}

const ipv4Any = '0'.repeat('c0a80001'.length);

function parseIpv4(columns: readonly string[]): readonly DefaultRoute[] {
  const [adapter, destination, gateway = '', flags = '', , , metric, mask] = columns;
  if (adapter === undefined || destination !== ipv4Any || mask !== ipv4Any || isRejected(flags)) return [];
  return [
    {
      adapter,
      family: 'ipv4',
      gateway: gateway === ipv4Any ? undefined : ipv4Text(gateway),
      metric: Number(metric),
    },
  ];
}

const ipv6Any = '0'.repeat('fe80000000000000021155fffe000001'.length);

function parseIpv6(columns: readonly string[]): readonly DefaultRoute[] {
  const [destination, prefixLength, , , gateway = '', metric, , , flags = '', adapter] = columns;
  if (adapter === undefined || destination !== ipv6Any || prefixLength !== '00' || isRejected(flags)) return [];
  return [
    {
      adapter,
      family: 'ipv6',
      gateway: gateway === ipv6Any ? undefined : ipv6Text(gateway),
      metric: Number(`0x${metric}`),
    },
  ];
}

function isRejected(flags: string): boolean {
  return (Number(`0x${flags}`) & rejectFlag) !== 0;
}

/** The kernel prints the address as one number of the processor's byte order, which is little-endian wherever Hyper-V runs. */
function ipv4Text(hex: string): string {
  return Array.from(Buffer.from(hex, 'hex').reverse()).join('.');
}

function ipv6Text(hex: string): string {
  return new SocketAddress({ family: 'ipv6', address: hex.replace(/.{4}(?!$)/g, '$&:') }).address;
}

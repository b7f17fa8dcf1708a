import { parseAddress, parseMask, type Subnet } from '../../../../src/ip-information/parse.ts';
import type { Policy } from '../../../../src/ip-information/policy.ts';
import type { Proposal } from '../../../../src/ip-information/propose.ts';
import { propose } from '../../../../src/ip-information/propose.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import type { Adapter } from '../../../../src/platform/adapter.ts';

export const guid = 'f8b3781b-1e82-4818-a1c3-63d806ec15bb';
export const eth0: Adapter = { name: 'eth0', mac: '00:15:5d:01:02:0a', guid };

/** The policy as installed. */
export const permissive: Policy = {
  mode: 'apply',
  interfaces: [],
  deniedInterfaces: [],
  addressRanges: [],
  gatewayRanges: [],
  dnsRanges: [],
  gateway: true,
  dns: true,
  dhcp: true,
  ipv4: true,
  ipv6: true,
};

/** A request of the host for eth0. */
export function request(differences: Partial<IpValue> = {}): IpValue {
  return {
    adapterId: `{${guid.toUpperCase()}}`,
    addressFamily: 0,
    dhcpEnabled: false,
    addresses: '10.0.0.4',
    subnets: '255.255.255.0',
    gateways: '',
    dnsServers: '',
    ...differences,
  };
}

export function proposalOf(differences: Partial<IpValue>, adapter: Adapter = eth0): Proposal {
  const proposed = propose(request(differences), [adapter], 'linux');
  if ('refusal' in proposed) throw new Error(proposed.refusal.reason);
  return proposed.proposal;
}

export function subnet(text: string): Subnet {
  const [address = '', mask = ''] = text.split('/');
  const parsed = parseAddress(address);
  const prefixLength = parsed && parseMask(mask, parsed.family);
  if (parsed === undefined || prefixLength === undefined) throw new Error(`not a subnet: ${text}`);
  return { ...parsed, prefixLength };
}

/** What the golden files show: the ways in which requests differ. */
export const requests = {
  'static-ipv4': { gateways: '10.0.0.1', dnsServers: '10.0.0.2;10.0.0.3' },
  'static-ipv6': { addresses: '2001:db8::4', subnets: '/64', gateways: 'fe80::1', dnsServers: '2001:db8::53' },
  'two-of-each': {
    addresses: '10.0.0.4;2001:db8::4;10.1.0.4;2001:db8:1::4',
    subnets: '255.255.255.0;64;16;/48',
    gateways: '10.0.0.1;2001:db8::1',
    dnsServers: '10.0.0.2;2001:db8::53',
  },
  dhcp: { dhcpEnabled: true, addresses: '', subnets: '' },
  'dhcp-and-static-ipv6': { dhcpEnabled: true, addresses: '2001:db8::4', subnets: '/64', dnsServers: '10.0.0.2' },
  'gateway-on-link': { addresses: '10.0.0.4', subnets: '255.255.255.255', gateways: '10.9.0.1' },
} as const satisfies Readonly<Record<string, Partial<IpValue>>>;

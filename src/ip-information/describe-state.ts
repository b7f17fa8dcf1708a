import { cidr } from './family.ts';
import type { Proposal } from './propose.ts';
import type { AdapterState } from './state.ts';

/** What an adapter has, on one line. */
export function describeState({ dhcp, addresses, gateways, dnsServers }: AdapterState): string {
  return describe(
    dhcp ?? false,
    addresses.map((held) => held.cidr),
    gateways,
    dnsServers,
  );
}

/** What a request asks for, on one line. */
export function describeProposal({ families, dhcp, addresses, gateways, dnsServers }: Proposal): string {
  const emptied = families.filter(
    (family) => !(family === 'ipv4' && dhcp) && !addresses.some((one) => one.family === family),
  );
  return [
    ...emptied.map((family) => `no static ${family === 'ipv4' ? 'IPv4' : 'IPv6'}`),
    describe(dhcp, addresses.map(cidr), addressesOf(gateways), addressesOf(dnsServers)),
  ]
    .filter((part) => part !== '')
    .join(' ');
}

function describe(
  dhcp: boolean,
  addresses: readonly string[],
  gateways: readonly string[],
  dns: readonly string[],
): string {
  const parts = [
    ...(dhcp ? ['DHCP'] : []),
    ...addresses,
    ...gateways.map((gateway) => `via ${gateway}`),
    ...dns.map((server) => `DNS ${server}`),
  ];
  return parts.join(' ');
}

function addressesOf(list: readonly { readonly address: string }[]): readonly string[] {
  return list.map(({ address }) => address);
}

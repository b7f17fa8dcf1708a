import { AddressFamily, type IpValue } from '../../../../src/message/ip-value.ts';

/** What the host wants the adapter to have. */
export interface Wish {
  readonly dhcp: boolean;
  /** With their prefix lengths. */
  readonly addresses: readonly string[];
  readonly gateways: readonly string[];
  readonly dnsServers: readonly string[];
}

const guid = '{1E0FBAA4-6D2C-4B7C-8A3F-526C1D9E0477}';

const nothing: Wish = { dhcp: false, addresses: [], gateways: [], dnsServers: [] };

export const wishes = {
  staticIpv4: { ...nothing, addresses: ['203.0.113.10/24'], gateways: ['203.0.113.1'] },
  staticIpv6: { ...nothing, addresses: ['2001:db8::10/64'], gateways: ['2001:db8::1'] },
  twoOfEach: {
    dhcp: false,
    addresses: ['203.0.113.20/24', '198.51.100.20/25', '2001:db8::20/64', '2001:db8:0:1::20/64'],
    gateways: ['203.0.113.1', '2001:db8::1'],
    dnsServers: [],
  },
  nameServers: {
    ...nothing,
    addresses: ['203.0.113.30/24'],
    gateways: ['203.0.113.1'],
    dnsServers: ['203.0.113.53', '198.51.100.54'],
  },
  dhcp: { ...nothing, dhcp: true },
  /** Before any request: the DNS server is the lease's too. */
  leased: { ...nothing, dhcp: true, dnsServers: ['198.51.100.53'] },
} as const satisfies Readonly<Record<string, Wish>>;

/** The request of a host: masks dotted for IPv4 and as numbers for IPv6, lists with ";". */
export function requestFor({ dhcp, addresses, gateways, dnsServers }: Wish): IpValue {
  return {
    adapterId: guid,
    addressFamily: familyBits(dhcp ? ['0.0.0.0'] : addresses),
    dhcpEnabled: dhcp,
    addresses: addresses.map((address) => address.replace(/\/.*/, '')).join(';'),
    subnets: addresses.map(mask).join(';'),
    gateways: gateways.join(';'),
    dnsServers: dnsServers.join(';'),
  };
}

/** Removes the addresses of the family of which a wish has none: a request about the other one leaves them. */
export function removalBeside({ dhcp, addresses }: Wish, present: readonly string[]): IpValue | undefined {
  const wanted = dhcp ? ['0.0.0.0'] : addresses;
  const surplus = present.filter((address) => !wanted.some((one) => isIpv6(one) === isIpv6(address)));
  return surplus.length === 0 ? undefined : { ...requestFor(nothing), addressFamily: familyBits(surplus) };
}

export function isIpv6(address: string): boolean {
  return address.includes(':');
}

function familyBits(addresses: readonly string[]): number {
  return (
    (addresses.some((address) => !isIpv6(address)) ? AddressFamily.ipv4 : AddressFamily.none) |
    (addresses.some(isIpv6) ? AddressFamily.ipv6 : AddressFamily.none)
  );
}

const dotted: Readonly<Record<string, string>> = { '24': '255.255.255.0', '25': '255.255.255.128' };

/** As the daemon too answers it. */
export function mask(address: string): string {
  const length = address.replace(/.*\//, '');
  return isIpv6(address) ? `/${length}` : (dotted[length] ?? length);
}

import type { SetStep } from '../scenario/read.ts';
import type { Chance } from './chance.ts';

const ipv4 = [
  { address: '203.0.113.21', mask: '255.255.255.0' },
  { address: '203.0.113.22', mask: '24' },
  { address: '192.0.2.21', mask: '255.255.255.192' },
] as const;
const ipv6 = [
  { address: '2001:db8::21', mask: '/64' },
  { address: '2001:db8:1::22', mask: '64' },
] as const;

/** What a host may send: families, DHCP, addresses, a gateway, name servers; now and then nothing for a family, to remove its addresses. */
export function someRequest(chance: Chance): SetStep {
  const family = chance.oneOf(['ipv4', 'ipv6', 'both'] as const);
  const dhcp = family !== 'ipv6' && chance.below(3) === 0;
  const first = ipv4.slice(0, 1 + chance.below(ipv4.length));
  const second = ipv6.slice(0, 1 + chance.below(ipv6.length));
  if (family !== 'both' && !dhcp && chance.below(6) === 0) return { family };
  const given = [...(family === 'ipv6' || dhcp ? [] : first), ...(family === 'ipv4' ? [] : second)];
  const gateways = [
    ...(given.some(({ address }) => address.startsWith('203.')) ? chance.some(['203.0.113.1']) : []),
    ...(given.some(({ address }) => address.includes(':')) ? chance.some(['2001:db8::1']) : []),
  ];
  return {
    family,
    dhcp,
    addresses: given.map(({ address }) => address).join(';'),
    subnets: given.map(({ mask }) => mask).join(';'),
    gateways: gateways.join(';'),
    dns: chance.below(3) > 0 ? '' : family === 'ipv6' ? '2001:db8::53' : '203.0.113.53;203.0.113.54',
  };
}

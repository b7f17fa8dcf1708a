import { cidr, ofFamily } from '../../family.ts';
import { dottedMask } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import type { Assigned } from '../assignments.ts';

type Values = ReadonlyMap<string, string>;

/** What an ifcfg file of Red Hat's scripts has to say instead; all else in it stays. */
export function wantedValues(proposal: Proposal, former: Values): Assigned {
  const { adapter, families, dnsServers } = proposal;
  const hardware = former.get('HWADDR');
  return new Map([
    ...(families.includes('ipv4') ? ipv4Values(proposal, former) : []),
    ...(families.includes('ipv6') ? ipv6Values(proposal, former) : []),
    ...(dnsServers.length > 0 ? nameServerValues(proposal, former) : []),
    // The scripts leave out an adapter whose address is not that of its file, as after a failover.
    ...(hardware !== undefined && hardware.toLowerCase() !== adapter.mac
      ? [['HWADDR', adapter.mac.toUpperCase()] as const]
      : []),
    ...(isNo(former.get('ONBOOT') ?? 'no') ? [['ONBOOT', 'yes'] as const] : []),
  ]);
}

type Pairs = readonly (readonly [string, string | undefined])[];

function ipv4Values({ dhcp, addresses, gateways }: Proposal, former: Values): Pairs {
  const own = ofFamily('ipv4', addresses);
  const [gateway] = ofFamily('ipv4', gateways);
  const protocol = former.get('BOOTPROTO')?.toLowerCase() ?? '';
  const isStatic = protocol === 'none' || protocol === 'static';
  const isDotted = former.has('NETMASK') || former.has('NETMASK0');
  const first = former.has('IPADDR0') && !former.has('IPADDR') ? '0' : '';
  return [
    ...gone(former, /^((IPADDR|PREFIX|NETMASK|GATEWAY|BROADCAST|NETWORK)\d*|IPADDR_(START|END))$/),
    ...(dhcp ? [['BOOTPROTO', 'dhcp'] as const] : isStatic ? [] : [['BOOTPROTO', 'none'] as const]),
    ...own.flatMap(({ address, prefixLength }, index): Pairs => {
      const suffix = index === 0 ? first : index;
      return [
        [`IPADDR${suffix}`, address],
        isDotted ? [`NETMASK${suffix}`, dottedMask(prefixLength)] : [`PREFIX${suffix}`, `${prefixLength}`],
      ];
    }),
    ...(gateway === undefined ? [] : [['GATEWAY', gateway.address] as const]),
  ];
}

function ipv6Values({ addresses, gateways }: Proposal, former: Values): Pairs {
  const [first, ...others] = ofFamily('ipv6', addresses).map(cidr);
  const [gateway] = ofFamily('ipv6', gateways);
  return [
    ...gone(former, /^IPV6(ADDR|ADDR_SECONDARIES|_DEFAULTGW)$/),
    ...(first === undefined
      ? []
      : ([
          ['IPV6ADDR', first],
          ['IPV6INIT', 'yes'],
        ] as const)),
    ...(first === undefined || former.has('IPV6_AUTOCONF') ? [] : [['IPV6_AUTOCONF', 'no'] as const]),
    ...(others.length === 0 ? [] : [['IPV6ADDR_SECONDARIES', others.join(' ')] as const]),
    ...(gateway === undefined ? [] : [['IPV6_DEFAULTGW', gateway.address] as const]),
  ];
}

/** They are written to resolv.conf unless PEERDNS forbids it. */
function nameServerValues({ dnsServers }: Proposal, former: Values): Pairs {
  return [
    ...gone(former, /^DNS\d+$/),
    ...dnsServers.map(({ address }, index) => [`DNS${index + 1}`, address] as const),
    ...(isNo(former.get('PEERDNS') ?? 'yes') ? [['PEERDNS', 'yes'] as const] : []),
  ];
}

function gone(former: Values, names: RegExp): Pairs {
  return Array.from(former.keys()).flatMap((name) => (names.test(name) ? [[name, undefined] as const] : []));
}

function isNo(value: string): boolean {
  return /^(no|n|f|false|0)$/i.test(value);
}

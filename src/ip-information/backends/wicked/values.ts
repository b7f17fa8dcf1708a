import { cidr, ofFamily } from '../../family.ts';
import { parseAddress, parseMask, type Subnet } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import type { Assigned } from '../assignments.ts';

type Values = ReadonlyMap<string, string>;

/** What an ifcfg file of SUSE has to say instead; all else in it stays. */
export function wantedValues({ families, dhcp, addresses }: Proposal, former: Values): Assigned {
  const protocol = protocolOf(former);
  const wanted = {
    ipv4: families.includes('ipv4') ? dhcp : protocol.ipv4,
    // Advertisements are heeded in any case.
    ipv6: families.includes('ipv6') && ofFamily('ipv6', addresses).length > 0 ? false : protocol.ipv6,
  };
  const suffixes = Array.from(former).flatMap(([name, value]) => {
    const [, suffix] = /^IPADDR(\w*)$/.exec(name) ?? [];
    const family = parseAddress(value.split('/')[0] ?? '')?.family;
    return suffix !== undefined && (value === '' || (family !== undefined && families.includes(family)))
      ? [suffix]
      : [];
  });
  const isTaken = (suffix: string): boolean => former.has(`IPADDR${suffix}`) && !suffixes.includes(suffix);
  const free = ['', ...Array.from({ length: 99 }, (_, index) => `_${index + 1}`)].filter((one) => !isTaken(one));
  const places = [...suffixes, ...free.filter((suffix) => !suffixes.includes(suffix))];
  return new Map<string, string | undefined>([
    ...suffixes.flatMap((suffix) => partsOf(suffix, former)),
    ...addresses.map((address, index) => [`IPADDR${places[index] ?? ''}`, cidr(address)] as const),
    ...(wanted.ipv4 === protocol.ipv4 && wanted.ipv6 === protocol.ipv6 && former.has('BOOTPROTO')
      ? []
      : [['BOOTPROTO', wordFor(wanted)] as const]),
    ...(/^(off|manual|)$/.test(former.get('STARTMODE') ?? '') ? [['STARTMODE', 'auto'] as const] : []),
  ]);
}

/** The networks that an ifcfg file of SUSE puts the adapter into. */
export function networksOf(values: Values): readonly Subnet[] {
  return Array.from(values).flatMap(([name, value]) => {
    const [, suffix] = /^IPADDR(\w*)$/.exec(name) ?? [];
    const [text = '', length] = value.split('/');
    const address = suffix === undefined ? undefined : parseAddress(text);
    if (address === undefined || suffix === undefined) return [];
    const mask = length ?? values.get(`PREFIXLEN${suffix}`) ?? values.get(`NETMASK${suffix}`) ?? '';
    const prefixLength = parseMask(mask, address.family);
    return prefixLength === undefined ? [] : [{ ...address, prefixLength }];
  });
}

/** What goes with an address. */
function partsOf(suffix: string, former: Values): readonly (readonly [string, undefined])[] {
  const names = ['IPADDR', 'PREFIXLEN', 'NETMASK', 'NETWORK', 'BROADCAST', 'REMOTE_IPADDR', 'LABEL'];
  return names
    .map((name) => `${name}${suffix}`)
    .flatMap((name) => (former.has(name) ? [[name, undefined] as const] : []));
}

interface Protocol {
  readonly ipv4: boolean;
  readonly ipv6: boolean;
}

function protocolOf(former: Values): Protocol {
  const words = (former.get('BOOTPROTO') ?? 'static').toLowerCase().split('+');
  return {
    ipv4: words.includes('dhcp') || words.includes('dhcp4'),
    ipv6: words.includes('dhcp') || words.includes('dhcp6'),
  };
}

function wordFor({ ipv4, ipv6 }: Protocol): string {
  if (ipv4) return ipv6 ? 'dhcp' : 'dhcp4';
  return ipv6 ? 'dhcp6' : 'static';
}

import type { IpFamily } from '../../../platform/adapter.ts';
import { ofFamily } from '../../family.ts';
import { parseAddress, type Subnet } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import type { Assigned } from '../assignments.ts';
import { addressesIn, dhcpIn, inet, inet6, parseParts, withIpv4, withIpv6 } from './interface-words.ts';

/** Variables of rc.conf(5) by name, and their values; undefined for one whose value only a shell knows. */
export type Values = ReadonlyMap<string, string | undefined>;

/** What the variables of an adapter say of its addresses. */
export interface Configured {
  /** The keyword by which it asks for DHCP. */
  readonly dhcp: string | undefined;
  readonly addresses: readonly Subnet[];
}

/** As rc.subr(8) makes a name of a variable of that of an interface. */
export function ifconfigVariable(adapter: string): string {
  return `ifconfig_${adapter.replace(/\W/g, '_')}`;
}

export function configuredOf(adapter: string, values: Values): Configured {
  const name = ifconfigVariable(adapter);
  const texts = [ipv4Value(name, values), values.get(`${name}_ipv6`) ?? '', ...aliasesOf(name, values)];
  return {
    dhcp: dhcpIn(texts[0] ?? ''),
    addresses: [
      ...texts.flatMap((text) => [...addressesIn(text, 'ipv4'), ...addressesIn(text, 'ipv6')]),
      ...rangesIn(values.get(`ipv4_addrs_${suffixOf(name)}`) ?? ''),
      ...groupsIn(values.get(`${name}_aliases`) ?? '').flatMap((group) => [
        ...rangesIn(group.replace(/^inet6? /, '')),
        ...addressesIn(group, 'ipv4'),
        ...addressesIn(group, 'ipv6'),
      ]),
    ],
  };
}

/** The variables of an adapter that a proposal changes; those of a family that it does not speak of stay. */
export function wantedVariables(proposal: Proposal, values: Values): Assigned {
  const { adapter, dhcp, families, addresses } = proposal;
  const name = ifconfigVariable(adapter.name);
  const [ipv4, ...ipv4Aliases] = ofFamily('ipv4', addresses);
  const [ipv6, ...ipv6Aliases] = ofFamily('ipv6', addresses);
  const aliases = [...ipv4Aliases.map((each) => inet(each)), ...ipv6Aliases.map(inet6)];
  const wanted = new Map<string, string | undefined>();
  if (families.includes('ipv4')) {
    wanted.set(name, withIpv4(ipv4Value(name, values), dhcp ? 'dhcp' : ipv4));
    wanted.set(`ipv4_addrs_${suffixOf(name)}`, undefined);
  }
  if (families.includes('ipv6')) {
    wanted.set(`${name}_ipv6`, withIpv6(values.get(`${name}_ipv6`) ?? '', ipv6));
    wanted.set(`ipv6_prefix_${suffixOf(name)}`, undefined);
  }
  for (const [alias, value] of numbered(name, families, aliases, values)) wanted.set(alias, value);
  return changed(wanted, values);
}

/** rc(8) takes the default where the adapter has no value of its own. */
function ipv4Value(name: string, values: Values): string {
  return values.get(name) ?? values.get('ifconfig_DEFAULT') ?? '';
}

function suffixOf(name: string): string {
  return name.slice('ifconfig_'.length);
}

/** The numbered aliases, up to the first that is missing, as rc(8) reads them. */
function aliasesOf(name: string, values: Values): readonly string[] {
  const found: string[] = [];
  for (let value = values.get(`${name}_alias0`); value !== undefined; ) {
    found.push(value);
    value = values.get(`${name}_alias${found.length}`);
  }
  return found;
}

/** Those that stay and those that come, under numbers without a gap, and without those of the families in the other list. */
function numbered(name: string, families: readonly IpFamily[], added: readonly string[], values: Values): Assigned {
  const former = aliasesOf(name, values);
  const goes = (text: string): boolean => families.some((family) => addressesIn(text, family).length > 0);
  const next = [...former.filter((text) => !goes(text)), ...added];
  const count = Math.max(former.length, next.length);
  const wanted = new Map<string, string | undefined>(
    Array.from({ length: count }, (_, index) => [`${name}_alias${index}`, next[index]]),
  );
  const list = values.get(`${name}_aliases`);
  if (list !== undefined) {
    const stays = groupsIn(list).filter((group) => !families.some((family) => isOf(family, group)));
    if (stays.length !== groupsIn(list).length) {
      wanted.set(`${name}_aliases`, stays.length === 0 ? undefined : stays.join(' '));
    }
  }
  return wanted;
}

/** "inet 10.0.0.5/32 inet6 2001:db8::5 prefixlen 64" in its groups. */
function groupsIn(value: string): readonly string[] {
  return value
    .trim()
    .replace(/\s+/g, ' ')
    .split(/ (?=inet6? )/)
    .filter((group) => group !== '');
}

function isOf(family: IpFamily, group: string): boolean {
  const isShared = parseParts(group).some((part) => 'words' in part && part.words.includes('vhid'));
  return !isShared && group.startsWith(family === 'ipv4' ? 'inet ' : 'inet6 ');
}

/** "10.0.0.4-6/24 10.0.1.4/24": the last number may be a range. */
function rangesIn(value: string): readonly Subnet[] {
  const forms = value.split(/\s+/).map((word) => rangeForm.exec(word) ?? []);
  return forms.flatMap(([, net, from, to, bits]) => {
    if (net === undefined) return [];
    const [first, prefixLength] = [Number(from), Number(bits)];
    const count = Math.min(Number(to ?? from) - first + 1, octet);
    return Array.from({ length: Math.max(count, 0) }, (_, index) => parseAddress(`${net}${first + index}`)).flatMap(
      (address) => (address === undefined ? [] : [{ ...address, prefixLength }]),
    );
  });
}

const rangeForm = /^((?:\d{1,3}\.){3})(\d{1,3})(?:-(\d{1,3}))?\/(\d{1,2})$/;
const octet = 256;

/** Those that are not as they shall be already. */
function changed(wanted: Assigned, values: Values): Assigned {
  return new Map(
    [...wanted].filter(([name, value]) => (value === undefined ? values.has(name) : values.get(name) !== value)),
  );
}

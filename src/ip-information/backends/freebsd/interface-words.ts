import type { IpFamily } from '../../../platform/adapter.ts';
import { addressBits, withoutScope } from '../../../platform/addresses.ts';
import { ofFamily } from '../../family.ts';
import { dottedMask, parseAddress, parseMask, type Subnet } from '../../parse.ts';

/** A value of rc.conf(5) that rc(8) hands to ifconfig(8): a run of words, or what stands for an address or for DHCP. */
export type Part = { readonly words: readonly string[] } | { readonly dhcp: string } | AddressPart;

export interface AddressPart {
  readonly subnet: Subnet;
  /** Without "inet" before it, so that it need not come first. */
  readonly isBare: boolean;
}

const dhcpWord = /^(?:(?:no)?sync)?dhcp$/i;
/** Words whose next words are addresses of something else. */
const takesAddresses = new Set(['tunnel', 'vxlanlocal', 'vxlanremote', 'vxlangroup', 'wgpeer']);

/** What a value says. An address with CARP's `vhid` is the cluster's, and counts as words. */
export function parseParts(value: string): readonly Part[] {
  const words = value.split(/\s+/).filter((word) => word !== '');
  if (words.includes('vhid')) return [{ words }];
  const parts: Part[] = [];
  for (let index = 0; index < words.length; ) {
    const { part, length } = partAt(words, index);
    parts.push(part);
    index += length;
  }
  return parts;
}

function partAt(words: readonly string[], index: number): { readonly part: Part; readonly length: number } {
  const word = words[index] ?? '';
  if (dhcpWord.test(word)) return { part: { dhcp: word }, length: 1 };
  if (takesAddresses.has(word)) return { part: { words: words.slice(index, index + 3) }, length: 3 };
  const isNamed = word === 'inet' || word === 'inet6';
  const at = isNamed ? index + 1 : index;
  const [address = '', bits] = withoutScope(words[at] ?? '').split('/');
  const parsed = parseAddress(address);
  if (parsed === undefined) return { part: { words: [word] }, length: 1 };
  const { mask, length } = parametersAt(words, at + 1);
  const { family } = parsed;
  const prefixLength = parseMask(bits ?? mask ?? '', family) ?? defaultBits(family);
  return { part: { subnet: { ...parsed, prefixLength }, isBare: !isNamed }, length: at + 1 - index + length };
}

/** `netmask`, `broadcast`, `prefixlen` and the like behind an address. */
function parametersAt(
  words: readonly string[],
  start: number,
): { readonly mask: string | undefined; readonly length: number } {
  let mask: string | undefined;
  let index = start;
  for (; index < words.length; index += 1) {
    const word = words[index] ?? '';
    if (word === 'alias' || word === 'add') continue;
    if (!['netmask', 'prefixlen', 'broadcast'].includes(word)) break;
    index += 1;
    if (word !== 'broadcast') mask = asMask(words[index] ?? '');
  }
  return { mask, length: index - start };
}

/** "0xffffff00" is "255.255.255.0". */
function asMask(text: string): string {
  const hexadecimal = /^0x([\da-f]{8})$/i.exec(text)?.[1];
  if (hexadecimal === undefined) return text;
  return [0, 2, 4, 6].map((at) => String(Number.parseInt(hexadecimal.slice(at, at + 2), 16))).join('.');
}

function defaultBits(family: IpFamily): number {
  return family === 'ipv4' ? addressBits.ipv4 : 64;
}

/** The addresses of one family in a value. */
export function addressesIn(value: string, family: IpFamily): readonly Subnet[] {
  return ofFamily(
    family,
    parseParts(value).flatMap((part) => ('subnet' in part ? [part.subnet] : [])),
  );
}

/** The keyword by which a value asks for DHCP. */
export function dhcpIn(value: string): string | undefined {
  return parseParts(value).flatMap((part) => ('dhcp' in part ? [part.dhcp] : []))[0];
}

/** A value with another address, or DHCP, in the place of what it has of either; its other words stay in theirs. */
export function withIpv4(value: string, wanted: Subnet | 'dhcp' | undefined): string {
  const parts = parseParts(value);
  const isIpv4 = (part: Part): boolean => 'dhcp' in part || ('subnet' in part && part.subnet.family === 'ipv4');
  const first = parts.find(isIpv4);
  const others = parts.filter((part) => part === first || !isIpv4(part));
  const dhcp = first !== undefined && 'dhcp' in first ? first.dhcp : 'SYNCDHCP';
  const own =
    wanted === 'dhcp' ? dhcp : wanted && inet(wanted, first !== undefined && 'subnet' in first && first.isBare);
  const texts = others.map((part) => (part === first ? own : textOf(part)));
  const all = first === undefined ? [own, ...texts] : texts;
  const text = all.filter((each) => each !== undefined).join(' ');
  // A variable without a word would not bring the interface up.
  return text === '' ? 'up' : text;
}

/** The same for the value of IPv6, which always begins with "inet6". Without an address it is left to router advertisements. */
export function withIpv6(value: string, wanted: Subnet | undefined): string {
  const words = parseParts(value)
    .flatMap((part) => ('subnet' in part ? [] : textOf(part).split(' ')))
    .filter((word) => word !== 'inet6');
  if (wanted !== undefined) return [inet6(wanted), ...words].join(' ');
  return ['inet6', ...(words.includes('accept_rtadv') ? words : ['accept_rtadv', ...words])].join(' ');
}

function textOf(part: Part): string {
  if ('dhcp' in part) return part.dhcp;
  if ('words' in part) return part.words.join(' ');
  return part.subnet.family === 'ipv4' ? inet(part.subnet, part.isBare) : inet6(part.subnet);
}

export function inet({ address, prefixLength }: Subnet, isBare = false): string {
  return isBare ? `${address}/${prefixLength}` : `inet ${address} netmask ${dottedMask(prefixLength)}`;
}

export function inet6({ address, prefixLength }: Subnet): string {
  return `inet6 ${address} prefixlen ${prefixLength}`;
}

import { nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Line } from '../../../platform/network-managers/ifupdown/lines.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { IpFamily } from '../../../platform/adapter.ts';
import { cidr } from '../../family.ts';
import type { Proposal } from '../../propose.ts';
import type { FileEdit } from './home.ts';

/** Whether a stanza is in ifupdown-ng's own form: of no family, with as many addresses as there are. */
export function isNg({ family, inherits }: Stanza): boolean {
  return family === undefined && inherits === undefined;
}

/** What such stanzas of one interface have to become. */
export function ngEdits(proposal: Proposal, own: readonly [Stanza, ...Stanza[]]): readonly FileEdit[] {
  const { families, dhcp, addresses, gateways, dnsServers } = proposal;
  const isReplaced = (option: Line): boolean => {
    const family = familyOf(option);
    if (family !== undefined) return families.includes(family);
    return nameOf(option) === 'dns-nameservers' && dnsServers.length > 0;
  };
  const gone = own.flatMap(({ path, options }) =>
    options.filter(isReplaced).map(({ start, end, words }) => ({ path, start, end, text: '', words })),
  );
  const wanted = [
    ...(dhcp ? ['use dhcp'] : []),
    ...addresses.map((one) => `address ${cidr(one)}`),
    ...gateways.map(({ address }) => `gateway ${address}`),
    ...(dnsServers.length > 0 ? [`dns-nameservers ${dnsServers.map(({ address }) => address).join(' ')}`] : []),
  ];
  const present = gone.map(({ words }) => words.map(({ text }) => text).join(' '));
  if (present.join('\n') === wanted.join('\n')) return [];
  const [{ path, heading, options }] = own;
  const indent = options[0]?.indent ?? '\t';
  const added = wanted.map((line) => `${indent}${line}\n`).join('');
  return [
    { path, start: heading.end, end: heading.end, text: added },
    ...gone.map(({ path: from, start, end, text }) => ({ path: from, start, end, text })),
  ];
}

/** Of a line that speaks of addresses; undefined for all others. */
function familyOf(option: Line): IpFamily | undefined {
  const [{ text: name }, value] = option.words;
  if (name === 'address' || name === 'gateway') return value?.text.includes(':') ? 'ipv6' : 'ipv4';
  if (name === 'netmask' || name === 'broadcast') return 'ipv4';
  return name === 'use' && value?.text === 'dhcp' ? 'ipv4' : undefined;
}

import { nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Line } from '../../../platform/network-managers/ifupdown/lines.ts';
import { idleName, isNg, startsDhcp, templatesOf } from '../../../platform/network-managers/ifupdown/ng-form.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { IpFamily } from '../../../platform/adapter.ts';
import { cidr, familyOf } from '../../family.ts';
import type { Impossible } from '../../plan.ts';
import type { Proposal } from '../../propose.ts';
import type { FileEdit } from './home.ts';

/** What the stanzas of one interface have to become of which some are in ifupdown-ng's form: it puts together all that they say. */
export function ngEdits(
  proposal: Proposal,
  own: readonly [Stanza, ...Stanza[]],
  all: readonly Stanza[],
): readonly FileEdit[] | Impossible {
  const { families, dhcp, addresses, gateways, dnsServers } = proposal;
  const isAbout = (line: Line): boolean => {
    const family = subjectOf(line);
    return family !== undefined && families.includes(family);
  };
  const template = templatesOf(own, all).find(({ heading, options }) => [heading, ...options].some(isAbout));
  if (template !== undefined) {
    return { impossible: `what ${template.name} says of addresses would be added to its own` };
  }

  const options = own.flatMap((stanza) => stanza.options.map((option) => ({ ...option, path: stanza.path })));
  const masked = options.filter(isMasked);
  const isReplaced = (option: Line): boolean => {
    if (nameOf(option) === 'netmask') return masked.length > 0 && masked.every(isAbout);
    if (idleName(nameOf(option)) !== undefined) return false;
    return isAbout(option) || (nameOf(option) === 'dns-nameservers' && dnsServers.length > 0);
  };
  const headings = families.includes('ipv4') ? own.flatMap(dhcpWords) : [];
  const gone = options.filter(isReplaced);
  const wanted = [
    ...(dhcp && headings.length === 0 ? ['use dhcp'] : []),
    ...addresses.map((one) => `address ${cidr(one)}`),
    ...gateways.map(({ address }) => `gateway ${address}`),
    ...(dnsServers.length > 0 ? [`dns-nameservers ${dnsServers.map(({ address }) => address).join(' ')}`] : []),
  ];
  const present = gone.map(({ words }) => words.map(({ text }) => text).join(' '));
  if (present.join('\n') === wanted.join('\n') && (dhcp || headings.length === 0)) return [];
  const { path, heading, options: first } = own.find((stanza) => isNg(stanza, all)) ?? own[0];
  const indent = first[0]?.indent ?? '\t';
  return [
    { path, start: heading.end, end: heading.end, text: wanted.map((line) => `${indent}${line}\n`).join('') },
    ...gone.map(({ path: from, start, end }) => ({ path: from, start, end, text: '' })),
    ...(dhcp ? [] : headings.map((word) => ({ ...word, text: 'manual' }))),
  ];
}

/** Gives options of DHCP names for which ifupdown-ng does not start a client beside static addresses. */
export function idleDhcpOptions(own: readonly Stanza[]): readonly FileEdit[] {
  return own.flatMap(({ path, options }) =>
    options.flatMap(({ words: [{ text, start, end }] }) => {
      const name = idleName(text);
      return name === undefined ? [] : [{ path, start, end, text: name }];
    }),
  );
}

/** The family of a line that speaks of addresses; undefined for all others. */
function subjectOf(line: Line): IpFamily | undefined {
  const name = nameOf(line);
  if (name === 'address' || name === 'gateway') return familyOf(line.value.text);
  return /^(broadcast|pointopoint|point-to-point)$/.test(name) || startsDhcp(line) ? 'ipv4' : undefined;
}

/** An address that has its prefix length from a line "netmask", if there is one. */
function isMasked(option: Line): boolean {
  return nameOf(option) === 'address' && !option.value.text.includes('/');
}

/** Where a heading says that an interface uses DHCP. */
function dhcpWords({ path, heading }: Stanza): readonly FileEdit[] {
  return heading.words.slice(2).flatMap((word) => (word.text === 'dhcp' ? [{ ...word, path }] : []));
}

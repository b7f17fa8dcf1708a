import { familyOf, nameOf } from './inherited.ts';
import type { Line } from './lines.ts';
import type { Stanza } from './statements.ts';

/** Whether a stanza is in ifupdown-ng's own form: of no family, with as many addresses as there are. */
export function isNg(stanza: Stanza, all: readonly Stanza[]): boolean {
  return familyOf(stanza, all) === undefined;
}

/** Those of which stanzas take in all for ifupdown-ng, by "inherits" or by a line "inherit". */
export function templatesOf(own: readonly Stanza[], all: readonly Stanza[], known = own): readonly Stanza[] {
  const names = own.flatMap(({ inherits, options }) => [
    ...(inherits === undefined ? [] : [inherits.text]),
    ...options.filter((option) => nameOf(option) === 'inherit').map(({ value }) => value.text),
  ]);
  const found = all.filter((stanza) => names.includes(stanza.name) && !known.includes(stanza));
  return found.length === 0 ? [] : [...found, ...templatesOf(found, all, [...known, ...found])];
}

/** Whether a line, of a heading or of an option, has ifupdown-ng start a DHCP client. */
export function startsDhcp(line: Line): boolean {
  const [{ text: name }, ...values] = line.words;
  if (name === 'use') return values[0]?.text === 'dhcp';
  if (name === 'iface' || name === 'interface' || name === 'template') {
    return values.slice(1).some(({ text }) => text === 'dhcp');
  }
  return idleName(name) !== undefined;
}

/**
 * ifupdown-ng starts a DHCP client for an option whose name begins with "dhcp-", too. With "_" in place of "-" the client heeds it all
 * the same, as soon as something else starts it. Undefined for other options.
 */
export function idleName(name: string): string | undefined {
  const known = oldNames.get(name) ?? name;
  return /^dhcp-(?!hostname$)/.test(known) ? known.replaceAll('-', '_') : undefined;
}

/** Names of other ifupdowns, and what ifupdown-ng takes them for. */
const oldNames: ReadonlyMap<string, string> = new Map([
  ['client', 'dhcp-client-id'],
  ['leasetime', 'dhcp-leasetime'],
  ['script', 'dhcp-script'],
  ['vendor', 'dhcp-vendor'],
]);

import { familyOf, inheritedOptions, methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { IfupdownProgram } from '../../../platform/network-managers/ifupdown/program.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { IpFamily } from '../../../platform/adapter.ts';
import { ofFamily } from '../../family.ts';
import { dottedMask, type Subnet } from '../../parse.ts';
import type { Proposal } from '../../propose.ts';
import type { Family, StanzaChange, Values } from './stanza-change.ts';

/** A stanza that is missing. */
export interface NewStanza {
  readonly family: Family;
  readonly method: string;
  readonly values: Values;
}

export interface Wish {
  readonly changes: readonly StanzaChange[];
  readonly added: readonly NewStanza[];
}

export const familyWords: Readonly<Record<IpFamily, Family>> = { ipv4: 'inet', ipv6: 'inet6' };

/** Methods of stanzas that can be given other addresses. */
const knownMethods: Readonly<Record<Family, readonly (string | undefined)[]>> = {
  inet: ['static', 'dhcp', 'bootp', 'ipv4ll', 'manual'],
  inet6: ['static', 'auto', 'dhcp', 'manual'],
};

/** The method of a stanza that cannot. */
export function strangeMethod(family: Family, own: readonly Stanza[], all: readonly Stanza[]): string | undefined {
  const strange = inFamily(family, own, all).find((stanza) => !knownMethods[family].includes(methodOf(stanza, all)));
  return strange && (methodOf(strange, all) ?? 'none');
}

/** What the stanzas of one logical interface have to become for one family. */
export function wishOf(
  family: IpFamily,
  proposal: Proposal,
  own: readonly Stanza[],
  { all, program }: { readonly all: readonly Stanza[]; readonly program: IfupdownProgram },
): Wish {
  const word = familyWords[family];
  const stanzas = inFamily(word, own, all);
  const hasMethod = (method: string) => (stanza: Stanza) => methodOf(stanza, all) === method;
  const active = stanzas.filter((stanza) => !hasMethod('manual')(stanza));
  const addresses = ofFamily(family, proposal.addresses);
  const [gateway] = ofFamily(family, proposal.gateways);
  const change = (stanza: Stanza, method: string, values: Values): StanzaChange => ({
    stanza,
    family: word,
    method,
    values,
  });
  const emptied = (stanza: Stanza): StanzaChange => change(stanza, 'manual', noAddress(word));

  if (addresses.length > 0) {
    const fixed = stanzas.filter(hasMethod('static'));
    const candidates = fixed.length > 0 ? fixed : active;
    const slots = candidates.length > 0 ? candidates : stanzas.slice(0, 1);
    const gatewayOf = (index: number): string | undefined => (index === 0 ? gateway?.address : undefined);
    const kept = slots.slice(0, addresses.length);
    const surplus = family === 'ipv4' ? active : slots;
    return {
      changes: [
        ...kept.flatMap((stanza, index) => {
          const subnet = addresses[index];
          if (subnet === undefined) return [];
          const values = staticValues(subnet, gatewayOf(index), styleOf(stanza, all));
          return change(stanza, 'static', new Map([...values, [formerMethod, formerMethodOf(stanza, all)]]));
        }),
        ...surplus.filter((stanza) => !kept.includes(stanza)).map(emptied),
      ],
      added: addresses.slice(kept.length).map((subnet, index) => ({
        family: word,
        method: 'static',
        values: staticValues(subnet, gatewayOf(kept.length + index), { isDotted: family === 'ipv4', hasNetmask: true }),
      })),
    };
  }
  if (family === 'ipv6') {
    return {
      changes: stanzas
        .filter(hasMethod('static'))
        .map((stanza) => change(stanza, withoutAddresses(stanza, all, program), noAddress(word))),
      added: [],
    };
  }
  if (!proposal.dhcp) return { changes: active.map(emptied), added: [] };
  const main = active.find(hasMethod('dhcp')) ?? active[0] ?? stanzas[0];
  if (main === undefined) return { changes: [], added: [{ family: word, method: 'dhcp', values: new Map() }] };
  return {
    changes: [change(main, 'dhcp', noAddress(word)), ...active.filter((stanza) => stanza !== main).map(emptied)],
    added: [],
  };
}

export function inFamily(family: Family, own: readonly Stanza[], all: readonly Stanza[]): readonly Stanza[] {
  return own.filter((stanza) => familyOf(stanza, all) === family);
}

/** An option of ours, which ifup(8) hands to hooks as any that it does not know: the method that comes back when IPv6 addresses go. */
const formerMethod = 'hyperv-kvp-former-method';

/** What goes with an address. */
const addressOptions: Readonly<Record<Family, readonly string[]>> = {
  inet: ['address', 'netmask', 'gateway', 'broadcast', 'network', 'pointopoint'],
  inet6: ['address', 'netmask', 'gateway', formerMethod],
};

export function noAddress(family: Family): Values {
  return new Map(addressOptions[family].map((name) => [name, undefined]));
}

interface Style {
  readonly isDotted: boolean;
  readonly hasNetmask: boolean;
  readonly hasPrefix?: boolean;
}

function staticValues(
  { family, address, prefixLength }: Subnet,
  gateway: string | undefined,
  { isDotted, hasNetmask, hasPrefix = false }: Style,
): Values {
  return new Map([
    ...noAddress(familyWords[family]),
    ['address', hasPrefix ? `${address}/${prefixLength}` : address],
    ['netmask', hasNetmask ? (isDotted ? dottedMask(prefixLength) : `${prefixLength}`) : undefined],
    ['gateway', gateway],
  ]);
}

/** How a stanza writes its address. */
function styleOf(stanza: Stanza, all: readonly Stanza[]): Style {
  const hasPrefix = valueIn(stanza, all, 'address')?.includes('/') ?? false;
  const netmask = valueIn(stanza, all, 'netmask');
  const isDotted = netmask?.includes('.') ?? familyOf(stanza, all) === 'inet';
  return { hasPrefix, hasNetmask: netmask !== undefined || !hasPrefix, isDotted };
}

/** The method of a stanza without static IPv6 addresses. busybox's ifup(8) refuses a file with one that it does not know. */
function withoutAddresses(stanza: Stanza, all: readonly Stanza[], program: IfupdownProgram): string {
  const isAutomaticToo = program !== 'busybox' && valueIn(stanza, all, 'autoconf') === '1';
  return formerMethodOf(stanza, all) ?? (isAutomaticToo ? 'auto' : 'manual');
}

/** The method of a stanza that had no static IPv6 addresses before a request. */
function formerMethodOf(stanza: Stanza, all: readonly Stanza[]): string | undefined {
  const method = valueIn(stanza, all, formerMethod) ?? methodOf(stanza, all);
  return familyOf(stanza, all) === 'inet6' && (method === 'auto' || method === 'dhcp') ? method : undefined;
}

function valueIn(stanza: Stanza, all: readonly Stanza[], name: string): string | undefined {
  const options = [...inheritedOptions(stanza, all), ...stanza.options];
  return options.findLast((option) => nameOf(option) === name)?.value.text;
}

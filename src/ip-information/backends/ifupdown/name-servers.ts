import { familyOf, methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { Proposal } from '../../propose.ts';
import type { StanzaChange } from './stanza-change.ts';
import { familyWords, type NewStanza, type Wish } from './wished-stanzas.ts';

/** Puts the name servers of a proposal in place of those of the stanzas that it is about; none leaves them. */
export function withNameServers(
  wish: Wish,
  { dnsServers, families }: Proposal,
  own: readonly Stanza[],
  all: readonly Stanza[],
): Wish {
  if (dnsServers.length === 0) return wish;
  const servers = dnsServers.map(({ address }) => address).join(' ');
  const about: readonly (string | undefined)[] = families.map((family) => familyWords[family]);
  const concerned = own.filter((stanza) => families.length === 0 || about.includes(familyOf(stanza, all)));
  const active = wish.changes.filter(({ method }) => method !== 'manual').map(({ stanza }) => stanza);
  const isInNew = active.length === 0 && wish.added.length > 0;
  const candidates = active.length > 0 ? active : [...concerned, ...own];
  const chosen = candidates.find((stanza) => stanza.options.some(isNameServers)) ?? candidates[0];
  const target = isInNew ? undefined : (lastTold(chosen, own, all) ?? chosen);

  const changeOf = (stanza: Stanza): StanzaChange | undefined => {
    const change = wish.changes.find((one) => one.stanza === stanza) ?? unchanged(stanza, all);
    if (stanza === target) {
      return { ...change, values: new Map([...change.values, ...namesOf(stanza), [option, servers]]) };
    }
    if (!concerned.includes(stanza) || !stanza.options.some(isNameServers)) return undefined;
    return { ...change, values: new Map([...change.values, ...namesOf(stanza)]) };
  };
  const touched = own.flatMap((stanza) => changeOf(stanza) ?? []);
  return {
    changes: [...wish.changes.filter(({ stanza }) => !touched.some((one) => one.stanza === stanza)), ...touched],
    added: isInNew
      ? wish.added.map((stanza, index) => (index === 0 ? withOption(stanza, servers) : stanza))
      : wish.added,
  };
}

/** A resolvconf keeps what it was told last of a family: by the last stanza with anything for it, be it a search domain alone. */
function lastTold(chosen: Stanza | undefined, own: readonly Stanza[], all: readonly Stanza[]): Stanza | undefined {
  const isTold = ({ options }: Stanza): boolean => options.some((line) => nameOf(line).startsWith('dns-'));
  return chosen && own.findLast((stanza) => familyOf(stanza, all) === familyOf(chosen, all) && isTold(stanza));
}

const option = 'dns-nameservers';

function isNameServers(line: Stanza['heading']): boolean {
  return /^dns-nameservers?$/.test(nameOf(line));
}

/** Its own, all of which go. */
function namesOf({ options }: Stanza): readonly (readonly [string, undefined])[] {
  return options.filter(isNameServers).map((line) => [nameOf(line), undefined]);
}

function unchanged(stanza: Stanza, all: readonly Stanza[]): StanzaChange {
  const family = familyOf(stanza, all) === 'inet6' ? 'inet6' : 'inet';
  return { stanza, family, method: methodOf(stanza, all) ?? '', values: new Map() };
}

function withOption(stanza: NewStanza, servers: string): NewStanza {
  return { ...stanza, values: new Map([...stanza.values, [option, servers]]) };
}

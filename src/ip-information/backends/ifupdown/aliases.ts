import { familyOf, methodOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { Proposal } from '../../propose.ts';
import type { StanzaChange } from './stanza-change.ts';
import { familyWords, noAddress } from './wished-stanzas.ts';

/** `eth0:1` and its like keep their hooks, but no address of the families that a proposal is about. */
export function aliasChanges({ adapter, families }: Proposal, all: readonly Stanza[]): readonly StanzaChange[] {
  const aliases = all.filter(({ name }) => name.startsWith(`${adapter.name}:`));
  return aliases.flatMap((stanza) => {
    const family = families.map((one) => familyWords[one]).find((word) => word === familyOf(stanza, all));
    if (family === undefined || methodOf(stanza, all) === 'manual') return [];
    return [{ stanza, family, method: 'manual', values: noAddress(family) }];
  });
}

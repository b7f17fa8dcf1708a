import { inheritedOptions, methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { Edit } from './edits.ts';

/** The method dhcp heeds no `mtu`, and hands it to hooks as every option. */
const hook = 'ip link set dev $IFACE mtu $IF_MTU';

/** Options by which hooks of a package make an interface, after those of the stanza: there is none before. */
const making = /^(?:bridge|bond|vlan|macvlan|vxlan)[-_]/;

/** The option that keeps a stanza's MTU where the stanza is given this method; undefined if none is needed. */
export function mtuHookFor(
  stanza: Stanza,
  method: string,
  stanzas: readonly Stanza[],
): readonly [name: string, value: string] | undefined {
  if (method !== 'dhcp' || methodOf(stanza, stanzas) === 'dhcp') return undefined;
  const names = [...inheritedOptions(stanza, stanzas), ...stanza.options].map(nameOf);
  if (!names.includes('mtu')) return undefined;
  const isMade = stanza.name.includes('.') || names.some((name) => making.test(name));
  return [isMade ? 'up' : 'pre-up', hook];
}

/** Takes the hook away where the method heeds the option itself. */
export function withoutMtuHook({ options }: Stanza, method: string): readonly Edit[] {
  if (method === 'dhcp') return [];
  return options
    .filter((option) => ['pre-up', 'up'].includes(nameOf(option)) && option.value.text === hook)
    .map(({ start, end }) => ({ start, end, text: '' }));
}

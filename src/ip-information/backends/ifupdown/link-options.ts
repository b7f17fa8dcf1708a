import { inheritedOptions, methodOf, nameOf } from '../../../platform/network-managers/ifupdown/inherited.ts';
import type { Stanza } from '../../../platform/network-managers/ifupdown/statements.ts';
import type { Edit } from './edits.ts';

/** The method dhcp heeds no `mtu`, and hands it to hooks as every option. */
const hook = 'ip link set dev $IFACE mtu $IF_MTU';

/** Whether a stanza that is given this method needs a hook to keep its MTU. */
export function mtuHookFor(stanza: Stanza, method: string, stanzas: readonly Stanza[]): string | undefined {
  if (method !== 'dhcp' || methodOf(stanza, stanzas) === 'dhcp') return undefined;
  const options = [...inheritedOptions(stanza, stanzas), ...stanza.options];
  return options.some((option) => nameOf(option) === 'mtu') ? hook : undefined;
}

/** Takes the hook away where the method heeds the option itself. */
export function withoutMtuHook({ options }: Stanza, method: string): readonly Edit[] {
  if (method === 'dhcp') return [];
  return options
    .filter((option) => nameOf(option) === 'pre-up' && option.value.text === hook)
    .map(({ start, end }) => ({ start, end, text: '' }));
}

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

/** The method inet6 static switches advertisements off, and leaves them off for what comes after it. */
export function advertisementsHook(acceptRa: string): readonly [name: string, value: string] {
  return ['post-down', `cd /proc/sys/net/ipv6/conf/$IFACE && echo ${acceptRa} > accept_ra && echo 1 > autoconf || :`];
}

/** Whether an option is a hook of ours that a method does not need. */
export function isSpentHook(option: Stanza['heading'], method: string): boolean {
  const [name, value] = [nameOf(option), option.value.text];
  if (['1', '2'].some((one) => advertisementsHook(one)[1] === value)) return method !== 'static';
  return ['pre-up', 'up'].includes(name) && value === hook && method !== 'dhcp';
}

export function withoutSpentHooks({ options }: Stanza, method: string): readonly Edit[] {
  return options.filter((option) => isSpentHook(option, method)).map(({ start, end }) => ({ start, end, text: '' }));
}

import type { Machine } from '../../machine.ts';
import { readInterfaces } from './interfaces.ts';
import { familyOf, methodOf } from './inherited.ts';
import { isNg, startsDhcp, templatesOf } from './ng-form.ts';
import { readUp } from './up.ts';

/** Whether ifupdown has the adapter use DHCP; undefined if it did not bring it up. */
export function ifupdownUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const logical = readUp(machine)?.get(adapter);
  if (logical === undefined) return undefined;
  const { stanzas } = readInterfaces(machine);
  const own = stanzas.filter((stanza) => stanza.name === logical);
  if (own.some((stanza) => isNg(stanza, stanzas))) {
    const all = [...own, ...templatesOf(own, stanzas)];
    return all.some(({ heading, options }) => [heading, ...options].some(startsDhcp));
  }
  return own.some((stanza) => familyOf(stanza, stanzas) === 'inet' && methodOf(stanza, stanzas) === 'dhcp');
}

import type { Machine } from '../../machine.ts';
import { readInterfaces } from './interfaces.ts';
import { familyOf, methodOf } from './inherited.ts';
import { readUp } from './up.ts';

/** Whether ifupdown has the adapter use DHCP; undefined if it did not bring it up. */
export function ifupdownUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const logical = readUp(machine)?.get(adapter);
  if (logical === undefined) return undefined;
  const { stanzas } = readInterfaces(machine);
  const own = stanzas.filter((stanza) => stanza.name === logical);
  return own.some(
    (stanza) =>
      (familyOf(stanza, stanzas) === 'inet' && methodOf(stanza, stanzas) === 'dhcp') ||
      // In ifupdown-ng's own form.
      (stanza.family === undefined && stanza.options.some(({ words }) => textOf(words) === 'use dhcp')),
  );
}

function textOf(words: readonly { readonly text: string }[]): string {
  return words.map(({ text }) => text).join(' ');
}

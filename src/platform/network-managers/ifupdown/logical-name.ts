import type { Adapter } from '../../adapter.ts';
import { matchesGlob } from '../../glob.ts';
import type { Interfaces } from './interfaces.ts';
import type { Mapping } from './statements.ts';

/** An adapter, as far as interfaces(5) can tell one from another. */
export type Named = Pick<Adapter, 'name' | 'mac'>;

/** The logical interface as which ifup(8) would bring an adapter up; undefined if a program chooses it. */
export function logicalNameOf(adapter: Named, { selections, mappings }: Interfaces): string | undefined {
  const words = selections.flatMap((selection) => selection.words.map(({ text }) => text));
  const selected = words.map((word) => selectedAs(word, adapter)).find((logical) => logical !== undefined);
  const name = selected ?? adapter.name;
  const mapping = mappings.find(({ patterns }) => patterns.some((pattern) => matchesGlob(name, pattern)));
  return mapping === undefined ? name : mappedBy(mapping, adapter);
}

/** As what a word of an `auto` line brings an adapter up; undefined if it does not. */
export function selectedAs(word: string, { name, mac }: Named): string | undefined {
  const [, field, value = '', logical] = /^([^/=]*)\/([^/=]*)(?:\/[^=]*)?(?:=(.*))?$/.exec(word) ?? [];
  if (field === undefined) {
    const [own, other] = word.split('=');
    return own === name ? (other ?? name) : undefined;
  }
  const isMeant = field === 'mac' ? matchesGlob(mac, value.toLowerCase()) : !field && matchesGlob(name, value);
  return isMeant ? (logical ?? name) : undefined;
}

/** grep(1) is the one program whose choice can be foretold: of the lines, that with the adapter's name. */
function mappedBy({ script, maps }: Mapping, { name }: Named): string | undefined {
  return /^(\/(usr\/)?bin\/)?grep$/.test(script) ? maps.find((map) => map.includes(name)) : undefined;
}

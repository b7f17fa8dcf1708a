import type { Line } from './lines.ts';
import type { Stanza } from './statements.ts';

/** What a stanza has by itself and from those that it extends. */
interface Inherited {
  readonly parent: Stanza | undefined;
  readonly family: string | undefined;
  readonly method: string | undefined;
}

/** The stanza that another one extends: the first of that name before it, and of its family if it has one. */
export function parentOf(stanza: Stanza, stanzas: readonly Stanza[]): Stanza | undefined {
  return inheritedBy(stanza, stanzas)?.parent;
}

export function familyOf(stanza: Stanza, stanzas: readonly Stanza[]): string | undefined {
  return stanza.family?.text ?? inheritedBy(stanza, stanzas)?.family;
}

export function methodOf(stanza: Stanza, stanzas: readonly Stanza[]): string | undefined {
  return stanza.method?.text ?? inheritedBy(stanza, stanzas)?.method;
}

/** The options that a stanza has from those that it extends. ifup(8) puts them before its own, and does not let these override them. */
export function inheritedOptions(stanza: Stanza, stanzas: readonly Stanza[]): readonly Line[] {
  const lists: (readonly Line[])[] = [];
  let parent = parentOf(stanza, stanzas);
  for (; parent !== undefined; parent = parentOf(parent, stanzas)) lists.push(parent.options);
  return lists.reverse().flat();
}

export function nameOf({ words: [first] }: Line): string {
  return first.text;
}

function inheritedBy(stanza: Stanza, stanzas: readonly Stanza[]): Inherited | undefined {
  const known = all.get(stanzas) ?? inheritance(stanzas);
  all.set(stanzas, known);
  return known.get(placeOf(stanza));
}

const all = new WeakMap<readonly Stanza[], ReadonlyMap<string, Inherited>>();

/** In one pass: a stanza extends an earlier one, of which all is known by then. */
function inheritance(stanzas: readonly Stanza[]): ReadonlyMap<string, Inherited> {
  const found = new Map<string, Inherited>();
  const firsts = new Map<string, Stanza>();
  for (const stanza of stanzas) {
    const { name, inherits, family } = stanza;
    const parent = inherits && firsts.get(JSON.stringify([inherits.text, family?.text]));
    const from = parent && found.get(placeOf(parent));
    const own = { parent, family: family?.text ?? from?.family, method: stanza.method?.text ?? from?.method };
    found.set(placeOf(stanza), own);
    for (const key of [JSON.stringify([name, undefined]), JSON.stringify([name, own.family])]) {
      if (!firsts.has(key)) firsts.set(key, stanza);
    }
  }
  return found;
}

function placeOf({ path, start }: Stanza): string {
  return `${start} ${path}`;
}

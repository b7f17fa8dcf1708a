import type { Field } from '../message/field.ts';

/** What the protocol puts between the entries of a list. */
export const separator = ';';

/** As many entries, from the first, as fit with separators between them: a driver would cut in the middle of an address. */
export function wholeEntries(entries: readonly string[], limit: number): readonly string[] {
  let length = -separator.length;
  const firstOutside = entries.findIndex((entry) => {
    length += separator.length + entry.length;
    return length > limit;
  });
  return firstOutside < 0 ? entries : entries.slice(0, firstOutside);
}

/** The characters that a field holds: the host gets them as UTF-16, half as many units as the field has bytes, and a NUL. */
export function capacity(field: Field): number {
  return field.size / Uint16Array.BYTES_PER_ELEMENT - 1;
}

import type { GenericSchema } from 'valibot';

/** So many letters may be wrong, left out or too many. */
const mostMistakes = 2;

/** The keys that a table of the configuration may have, by the keys that lead to it; none if it is no table of fixed keys. */
export function keysOf(schema: GenericSchema, path: readonly string[]): readonly string[] {
  const table = unwrapped(schema);
  if (!('entries' in table)) return [];
  // Of a schema of valibot that has them, they are its keys' schemas.
  const entries = table.entries as Readonly<Record<string, GenericSchema>>;
  const [first, ...others] = path;
  if (first === undefined) return Object.keys(entries);
  const next = Object.hasOwn(entries, first) ? entries[first] : undefined;
  return next === undefined ? [] : keysOf(next, others);
}

/** Where a key that is misplaced belongs, in words; undefined if it is of no table, or of more than one. */
export function placeOf(key: string, schema: GenericSchema): string | undefined {
  const top = keysOf(schema, []);
  if (top.includes(key)) return 'before the first table';
  const tables = top.filter((table) => keysOf(schema, [table]).includes(key));
  return tables.length === 1 ? `in [${tables.join('')}]` : undefined;
}

function unwrapped(schema: GenericSchema): GenericSchema {
  return 'wrapped' in schema ? unwrapped(schema.wrapped as GenericSchema) : schema;
}

/** The one of several keys that was probably meant by a mistyped one; undefined if none looks like it. */
export function similarKey(typed: string, keys: readonly string[]): string | undefined {
  const plain = (key: string): string => key.toLowerCase().replaceAll(/[-_]/g, '');
  const judged = keys.map((key) => ({ key, mistakes: mistakesIn(plain(typed), plain(key)) }));
  const [best] = judged.sort((one, other) => one.mistakes - other.mistakes);
  return best !== undefined && best.mistakes <= Math.min(mostMistakes, best.key.length / 2) ? best.key : undefined;
}

/** Letters to change, add and leave out: Levenshtein's distance, a row of his table at a time. */
function mistakesIn(typed: string, key: string): number {
  let above = Array.from({ length: key.length + 1 }, (_, at) => at);
  for (const [row, letter] of Array.from(typed).entries()) {
    const own = [row + 1];
    for (const [at, wanted] of Array.from(key).entries()) {
      const changed = (above[at] ?? 0) + Number(letter !== wanted);
      own.push(Math.min(changed, (above[at + 1] ?? 0) + 1, (own[at] ?? 0) + 1));
    }
    above = own;
  }
  return above.at(-1) ?? 0;
}

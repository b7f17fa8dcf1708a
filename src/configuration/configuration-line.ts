import { type AST, parseTOML } from 'toml-eslint-parser';

/** The line of a key's definition in a TOML document, or of the table around it. */
export function lineOfKey(keys: readonly string[], text: string): number {
  const [top] = parseTOML(text).body;
  for (const entry of top.body) {
    if (entry.type === 'TOMLKeyValue') {
      if (startsWith(keys, namesOf(entry))) return entry.loc.start.line;
      continue;
    }
    const pair = entry.body.find((inTable) => startsWith(keys, [...entry.resolvedKey, ...namesOf(inTable)]));
    if (pair !== undefined) return pair.loc.start.line;
    if (startsWith(keys, entry.resolvedKey) && keys.length === entry.resolvedKey.length) return entry.loc.start.line;
  }
  return top.loc.start.line;
}

function namesOf(pair: AST.TOMLKeyValue): readonly (string | number)[] {
  return pair.key.keys.map((key) => (key.type === 'TOMLBare' ? key.name : key.value));
}

function startsWith(keys: readonly string[], start: readonly (string | number)[]): boolean {
  return start.every((name, depth) => keys[depth] === String(name));
}

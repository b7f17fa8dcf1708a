import { type AST, ParseError, parseTOML } from 'toml-eslint-parser';

/**
 * Finds in a TOML document the line of a key's definition, or of the table around it; the first line of one that this parser refuses,
 * though the one that reads values does not.
 */
export function keyLines(text: string): (keys: readonly string[]) => number {
  const document = parsed(text);
  return (keys) => (document === undefined ? 1 : lineIn(document, keys));
}

function parsed(text: string): AST.TOMLProgram | undefined {
  try {
    return parseTOML(text);
  } catch (error) {
    if (!(error instanceof ParseError)) throw error;
    return undefined;
  }
}

function lineIn({ body: [top] }: AST.TOMLProgram, keys: readonly string[]): number {
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

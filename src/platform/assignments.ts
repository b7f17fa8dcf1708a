import { type Machine, readText } from './machine.ts';

/** The `NAME=value` lines of a file as a shell would take them; undefined if there is no such file. The last of a name wins. */
export function readAssignments(machine: Machine, path: string): ReadonlyMap<string, string> | undefined {
  const text = readText(machine, path);
  return text === undefined ? undefined : parseAssignments(text);
}

/** Understands blanks, comments and both kinds of quotes, as os-release(5) and its kin need; expands nothing. */
export function parseAssignments(text: string): ReadonlyMap<string, string> {
  const assignments = text.matchAll(/^[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)=(.*)$/gm);
  return new Map(Array.from(assignments, ([, name = '', value = '']) => [name, unquote(value)]));
}

const quotedPart = /'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)|([^\s'"\\]+)/gy;

/** The first word of a line, put together from its quoted and unquoted parts. */
function unquote(line: string): string {
  const parts = line.matchAll(quotedPart);
  return Array.from(
    parts,
    ([, literal, quoted, escaped, plain]) => literal ?? quoted?.replace(/\\([$"\\`])/g, '$1') ?? escaped ?? plain,
  ).join('');
}

import { listByEnding, type Machine, readBytes, readStatus } from '../machine.ts';

/** One file of rc.conf(5), one byte a character. */
export interface RcFile {
  readonly path: string;
  readonly text: string;
}

/** A line `NAME=value`, or several where a quoted value goes over them. */
export interface RcAssignment {
  readonly name: string;
  /** Undefined where a shell would have to expand it, or there is a command behind it. */
  readonly value: string | undefined;
  /** Offsets in the text of the file: of the lines, and of the value with its quotes. */
  readonly lines: Extent;
  readonly written: Extent;
}

export interface Extent {
  readonly start: number;
  readonly end: number;
}

/** The scripts of rc(8) that set up the network; each has files of its own. */
const services = ['network', 'netif', 'routing'];

/** The files that rc(8) reads for the network, in its order: what comes later wins. The first is /etc/rc.conf, if need be without a text. */
export function readRcFiles(machine: Machine): readonly RcFile[] {
  const folders = ['/etc/rc.conf.d', '/usr/local/etc/rc.conf.d'];
  const own = folders.flatMap((folder) => services.flatMap((service) => filesAt(machine, `${folder}/${service}`)));
  const others = ['/etc/rc.conf.local', ...own].flatMap((path) => {
    const text = readBytes(machine, path);
    return text === undefined ? [] : [{ path, text }];
  });
  return [{ path: '/etc/rc.conf', text: readBytes(machine, '/etc/rc.conf') ?? '' }, ...others];
}

/** A file, or those in a folder. */
function filesAt(machine: Machine, path: string): readonly string[] {
  if (readStatus(machine, path)?.isDirectory() !== true) return [path];
  return listByEnding(machine, path, '').map((name) => `${path}/${name}`);
}

/** The values that count; a variable whose value is not known is there with undefined. */
export function valuesIn(files: readonly RcFile[]): ReadonlyMap<string, string | undefined> {
  return new Map(files.flatMap(({ text }) => assignmentsIn(text).map(({ name, value }) => [name, value] as const)));
}

/** All assignments in a text, in its order. What is between quotes is never taken for a line of its own. */
export function assignmentsIn(text: string): readonly RcAssignment[] {
  const found: RcAssignment[] = [];
  for (let start = 0; start < text.length; ) {
    lineForm.lastIndex = start;
    const groups = lineForm.exec(text)?.groups;
    if (groups === undefined) {
      start = endOfLine(text, start);
      continue;
    }
    const { head = '', name = '', value = '' } = groups;
    const written = { start: start + head.length, end: start + head.length + value.length };
    const end = endOfLine(text, written.end);
    const isAlone = /^[ \t\r]*(?:#.*)?\n?$/.test(text.slice(written.end, end));
    found.push({ name, value: isAlone ? plainValue(value) : undefined, lines: { start, end }, written });
    start = end;
  }
  return found;
}

const lineForm =
  /(?<head>[ \t]*(?:export[ \t]+)?(?<name>[A-Za-z_]\w*)=)(?<value>(?:"(?:[^"\\]|\\[^])*"|'[^']*'|[^\s"'\\;#]|\\[^])*)/y;

function endOfLine(text: string, from: number): number {
  const end = text.indexOf('\n', from);
  return end < 0 ? text.length : end + 1;
}

/** As a shell would take it, if it expands nothing. */
function plainValue(written: string): string | undefined {
  const parts = Array.from(written.matchAll(/'([^']*)'|"((?:[^"\\]|\\[^])*)"|\\([^])|[^'"\\]/g));
  const values = parts.map(([whole, literal, quoted, escaped]) => {
    if (literal !== undefined) return literal;
    if (escaped !== undefined) return escaped === '\n' ? '' : escaped;
    if (/(?<!\\)[$`]/.test(quoted ?? whole)) return undefined;
    return quoted?.replace(/\\\n/g, '').replace(/\\([$"\\`])/g, '$1') ?? whole;
  });
  return values.includes(undefined) ? undefined : values.join('');
}

import { settingOf } from '../../../platform/setting.ts';

/** A line of a keyfile with its end, and what it says. One before the first section has the section "". */
interface Line {
  readonly text: string;
  readonly section: string;
  /** Undefined for blank lines, comments and headings. */
  readonly key: string | undefined;
  readonly value: string;
}

/** A key and its value. */
export type Entry = readonly [key: string, value: string];

/** The keys of a section as GLib reads them: sections of one name are one, and the last of equal keys counts. */
export function readSection(text: string, section: string): ReadonlyMap<string, string> {
  const entries = linesOf(text).flatMap((line) =>
    line.section === section && line.key !== undefined ? [[line.key, line.value] as const] : [],
  );
  return new Map(entries);
}

/**
 * The text with these values in a section, and without the keys that `isGone` names. Every other byte stays, also that of a line
 * whose value is right already.
 */
export function editSection(
  text: string,
  section: string,
  wanted: readonly Entry[],
  isGone: (key: string) => boolean,
): string {
  const lines = linesOf(text);
  const lastOf = new Map(lines.map(({ key, section: own }, index) => [own === section ? key : undefined, index]));
  const values = new Map(wanted);
  const kept = lines.flatMap((line, index) => {
    if (line.section !== section || line.key === undefined) return [line];
    const value = values.get(line.key);
    if (value === undefined) return isGone(line.key) ? [] : [line];
    return lastOf.get(line.key) === index ? [withValue(line, value)] : [];
  });
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  return wanted
    .reduce<readonly Line[]>((all, [key, value], index) => {
      const isThere = all.some((line) => line.section === section && line.key === key);
      const before = wanted[index - 1]?.[0];
      return isThere ? all : withLine(all, { text: `${key}=${value}${end}`, section, key, value }, before, end);
    }, kept)
    .map((line) => line.text)
    .join('');
}

/** What a comment right before a key says, without "#"; "" if there is none. */
export function commentBefore(text: string, section: string, key: string): string {
  const lines = linesOf(text);
  const place = placeOf(lines, section, key);
  return place < 1 ? '' : (commentForm.exec(lines[place - 1]?.text ?? '')?.[1] ?? '');
}

/** The text with a comment right before a key that it has; "" takes one away that says `former`. */
export function withComment(text: string, section: string, key: string, former: string, comment: string): string {
  if (former === comment) return text;
  const lines = linesOf(text);
  const place = placeOf(lines, section, key);
  const end = text.includes('\r\n') ? '\r\n' : '\n';
  const own = comment === '' ? [] : [`# ${comment}${end}`];
  const texts = lines.map((line) => line.text);
  return texts.toSpliced(former === '' ? place : place - 1, former === '' ? 0 : 1, ...own).join('');
}

const commentForm = /^# (.*?)\r?\n?$/;

/** Where the line stands that counts; -1 if none does. */
function placeOf(lines: readonly Line[], section: string, key: string): number {
  return lines.findLastIndex((line) => line.section === section && line.key === key);
}

function linesOf(text: string): readonly Line[] {
  let section = '';
  return text.split(/(?<=\n)/).map((line) => {
    const setting = settingOf(line);
    if (setting !== undefined && 'heading' in setting) {
      if (!setting.heading.includes(']')) section = setting.heading;
      return { text: line, section, key: undefined, value: '' };
    }
    return { text: line, section, key: setting?.key, value: setting?.value ?? '' };
  });
}

function withValue(line: Line, value: string): Line {
  if (line.value === value) return line;
  const [, start = '', end = ''] = /^([^=]*=[ \t]*)[^\r\n]*(\r?\n)?$/.exec(line.text) ?? [];
  return { ...line, text: start + value + end, value };
}

/** After the line with the key `before` if there is one, or else where the section ends. */
function withLine(lines: readonly Line[], line: Line, before: string | undefined, end: string): readonly Line[] {
  const isOfSection = ({ section }: Line): boolean => section === line.section;
  const neighbour = lines.findLastIndex((other) => isOfSection(other) && other.key === before && before !== undefined);
  const last =
    neighbour >= 0 ? neighbour : lines.findLastIndex((other) => isOfSection(other) && other.text.trim() !== '');
  const ended = lines.map((other, index) =>
    (index === last || last < 0) && index === (last < 0 ? lines.length - 1 : last) ? terminated(other, end) : other,
  );
  if (last >= 0) return [...ended.slice(0, last + 1), line, ...ended.slice(last + 1)];
  const heading = { text: `${end}[${line.section}]${end}`, section: line.section, key: undefined, value: '' };
  return [...ended, heading, line];
}

function terminated(line: Line, end: string): Line {
  return line.text === '' || line.text.endsWith('\n') ? line : { ...line, text: line.text + end };
}

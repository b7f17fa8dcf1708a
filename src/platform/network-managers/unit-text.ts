import { byteOrderMark } from '../byte-order-mark.ts';
import { settingOf } from '../setting.ts';

/** A file in the syntax of systemd.syntax(7), with the lines that each part of it takes. */
export interface UnitText {
  readonly lines: readonly string[];
  readonly sections: readonly UnitSection[];
}

export interface UnitSection {
  readonly name: string;
  /** The line of its heading. */
  readonly line: number;
  readonly settings: readonly UnitSetting[];
}

export interface UnitSetting {
  readonly key: string;
  readonly value: string;
  /** Its first line. */
  readonly line: number;
  /** The line after its last. */
  readonly end: number;
}

interface Section extends UnitSection {
  readonly settings: UnitSetting[];
}

/** Settings before the first section count for nothing. */
export function parseUnit(text: string): UnitText {
  const lines = text.split('\n');
  const sections: Section[] = [];
  let next = 0;
  while (next < lines.length) {
    const line = next;
    const { logical, end } = logicalLine(lines, line);
    next = end;
    const said = line === 0 ? logical.replace(byteOrderMark, '') : logical;
    const setting = isComment(said) ? undefined : settingOf(said);
    if (setting === undefined) continue;
    if ('heading' in setting) sections.push({ name: setting.heading, line, settings: [] });
    else sections.at(-1)?.settings.push({ ...setting, line, end });
  }
  return { lines, sections };
}

/** A backslash at the end of a line joins it with the next; comments between do not count. */
function logicalLine(lines: readonly string[], start: number): { logical: string; end: number } {
  let last = lines[start]?.trim() ?? '';
  let end = start + 1;
  if (isComment(last)) return { logical: last, end };
  const parts: string[] = [];
  while (last.endsWith('\\') && end < lines.length) {
    const line = lines[end]?.trim() ?? '';
    end += 1;
    if (isComment(line)) continue;
    parts.push(last.slice(0, -1).trimEnd());
    last = line;
  }
  return { logical: [...parts, last].join(' '), end };
}

function isComment(line: string): boolean {
  return line.startsWith('#') || line.startsWith(';');
}

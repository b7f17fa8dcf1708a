import type { Edit } from './text-edits.ts';

/** What stands between two commas in brackets or braces, and what becomes of it; undefined: it goes. */
export interface FlowEntry {
  readonly from: number;
  readonly to: number;
  readonly edits: readonly Edit[] | undefined;
}

/**
 * Puts entries in brackets or braces, the texts of new ones among them, in place of those that there are. What is around those that
 * stay stays: blanks, ends of lines, comments.
 */
export function flowEdits(text: string, entries: readonly (FlowEntry | string)[]): readonly Edit[] {
  const present = entries.filter((entry) => typeof entry !== 'string');
  const first = present.find(({ edits }) => edits !== undefined);
  if (first === undefined) {
    const [start, end] = [present[0]?.from ?? 0, present.at(-1)?.to ?? 0];
    return [{ from: start, to: end, text: entries.filter((entry) => typeof entry === 'string').join(', ') }];
  }
  let before: FlowEntry | undefined;
  let kept: FlowEntry | undefined;
  return entries.flatMap((entry) => {
    if (typeof entry === 'string') {
      const at = kept?.to ?? first.from;
      return [{ from: at, to: at, text: kept === undefined ? `${entry}, ` : `, ${entry}` }];
    }
    const previous = before;
    before = entry;
    if (entry.edits !== undefined) {
      kept = entry;
      return entry.edits;
    }
    // With the comma before it, or with that behind it where nothing stays before.
    if (kept !== undefined) return removal(text, entry, previous?.to ?? entry.from, entry.from);
    return removal(text, entry, entry.to, present[present.indexOf(entry) + 1]?.from ?? entry.to);
  });
}

/** Removes an entry and the comma in the gap beside it; a comment in the gap stays. */
function removal(text: string, { from, to }: FlowEntry, start: number, end: number): readonly Edit[] {
  const gap = text.slice(start, end);
  if (/^\s*,\s*$/.test(gap)) return [{ from: Math.min(from, start), to: Math.max(to, end), text: '' }];
  const comma = start + (/^(?:\s|#[^\n]*\n)*/.exec(gap)?.[0].length ?? 0);
  return [
    { from: comma, to: comma + 1, text: '' },
    { from, to, text: '' },
  ];
}

import type { Range } from '../../../platform/network-managers/ifupdown/lines.ts';

/** A part of a text, and what comes in its place. */
export interface Edit extends Range {
  readonly text: string;
}

/** Edits at one place are made in their order; none may overlap another. */
export function edited(text: string, edits: readonly Edit[]): string {
  let done = 0;
  const parts = edits
    .toSorted((one, other) => one.start - other.start)
    .flatMap(({ start, end, text: added }) => {
      const before = text.slice(done, start);
      done = Math.max(done, end);
      // A last line without its line feed.
      const isGlued = start === text.length && added !== '' && start === end && !/(^|\n)$/.test(before || text);
      return [before, isGlued ? `\n${added}` : added];
    });
  return [...parts, text.slice(done)].join('');
}

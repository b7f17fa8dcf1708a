/** A range of a text, and what takes its place. */
export interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** A part of a text with its edits, of which none overlaps another. */
export function applied(text: string, from: number, to: number, edits: readonly Edit[]): string {
  const ordered = edits.toSorted((one, next) => one.from - next.from || one.to - next.to);
  let position = from;
  const parts = ordered.map((edit) => {
    const part = text.slice(position, Math.max(position, edit.from)) + edit.text;
    position = Math.max(position, edit.to);
    return part;
  });
  return parts.join('') + text.slice(position, to);
}

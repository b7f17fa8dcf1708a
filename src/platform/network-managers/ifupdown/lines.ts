/** A part of a text: from where, and up to where. */
export interface Range {
  readonly start: number;
  readonly end: number;
}

export interface Word extends Range {
  readonly text: string;
}

/** A line of interfaces(5), with its continuations and its line feed. */
export interface Line extends Range {
  readonly words: readonly [Word, ...Word[]];
  /** All behind the first word; empty if there is nothing. */
  readonly value: Word;
  /** The blanks before the first word. */
  readonly indent: string;
}

/** Those that say something: neither blank nor comments, which a backslash does not continue. */
export function readLines(text: string): readonly Line[] {
  const lines = text.matchAll(/^[^\S\n]*#.*(?:\n|$)|^(?:\\\n|[^\n])*(?:\n|$)/gm);
  return Array.from(lines).flatMap(({ 0: raw, index }) => {
    if (/^\s*(#|$)/.test(raw)) return [];
    const [first, ...others] = wordsOf(raw, index);
    if (first === undefined) return [];
    const end = others.at(-1)?.end ?? first.end;
    const start = others[0]?.start ?? end;
    const value = { start, end, text: text.slice(start, end) };
    return [
      { start: index, end: index + raw.length, words: [first, ...others], value, indent: /^\s*/.exec(raw)?.[0] ?? '' },
    ];
  });
}

function wordsOf(raw: string, offset: number): readonly Word[] {
  const words = raw.replaceAll('\\\n', '  ').matchAll(/\S+/g);
  return Array.from(words, ({ 0: text, index }) => ({
    text,
    start: offset + index,
    end: offset + index + text.length,
  }));
}

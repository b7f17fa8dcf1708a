/** The longest line of the protocol: a value, all of whose bytes are escaped, takes less. */
const longestLine = 1_048_576;

/** A line without end. */
export class EndlessLine extends Error {
  override readonly name = 'EndlessLine';
}

/** The lines of a text stream, the last one even if it is cut off. Throws {@link EndlessLine} rather than keep more than 1 MiB. */
export async function* linesOf(chunks: AsyncIterable<unknown>): AsyncGenerator<string, void> {
  let rest = '';
  for await (const chunk of chunks) {
    const lines = `${rest}${String(chunk)}`.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > longestLine) throw new EndlessLine(`a line is longer than ${longestLine} characters`);
    yield* lines;
  }
  if (rest !== '') yield rest;
}

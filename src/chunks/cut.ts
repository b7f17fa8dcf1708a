import { cutBetweenCharacters } from '../message/fixed-text.ts';

/** Bytes in parts of at most `limit`, between characters wherever they are UTF-8; one empty part if there are none. */
export function cut(bytes: Buffer, limit: number): readonly Buffer[] {
  const parts: Buffer[] = [];
  let rest = bytes;
  do {
    const whole = cutBetweenCharacters(rest, limit);
    // Bytes that are no text may have no place to cut.
    const part = whole.length === 0 ? rest.subarray(0, limit) : whole;
    parts.push(part);
    rest = rest.subarray(part.length);
  } while (rest.length > 0);
  return parts;
}

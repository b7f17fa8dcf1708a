import { isUtf8 } from 'node:buffer';
import type { Field } from './field.ts';

const nul = 0;
const continuationMask = 0b1100_0000;
const continuationByte = 0b1000_0000;

/** The bytes of a field before its first NUL, of at most `limit` bytes: a view, not a copy. */
export function readBytes(message: Buffer, field: Field, limit: number = field.size): Buffer {
  const longest = field.offset + Math.min(limit, field.size);
  const end = message.indexOf(nul, field.offset);
  return message.subarray(field.offset, end < 0 ? longest : Math.min(end, longest));
}

/**
 * Fills a field with text and zeros. A driver reads up to a NUL and gives the host garbage for invalid UTF-8,
 * so one byte is kept for the NUL, invalid bytes become U+FFFD and no character is cut in two.
 * Returns the bytes used, the NUL included, as the protocol counts sizes.
 */
export function writeText(message: Buffer, field: Field, text: Buffer | string): number {
  const valid = cutBetweenCharacters(validUtf8(text), field.size - 1);
  const end = field.offset + valid.copy(message, field.offset);
  message.fill(nul, end, field.offset + field.size);
  return valid.length + 1;
}

function validUtf8(text: Buffer | string): Buffer {
  if (typeof text === 'string') return Buffer.from(text);
  return isUtf8(text) ? text : Buffer.from(text.toString());
}

/** The longest prefix of valid UTF-8 that ends with a whole character and has at most `limit` bytes. */
export function cutBetweenCharacters(bytes: Buffer, limit: number): Buffer {
  if (bytes.length <= limit) return bytes;
  let end = limit;
  while (end > 0 && ((bytes[end] ?? nul) & continuationMask) === continuationByte) end -= 1;
  return bytes.subarray(0, end);
}

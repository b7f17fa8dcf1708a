import { isUtf8 } from 'node:buffer';
import { readBytes } from '../message/fixed-text.ts';

/** `utf8s_to_utf16s` fails so for text that is not UTF-8, and the driver makes a size of it. */
const invalidText = -22;

/**
 * Linux's `utf16s_to_utf8s`: converts up to a NUL into `target` and returns the bytes written. Lone surrogates are left
 * out, and so is a character that does not fit, while a shorter one after it still goes in.
 */
export function linuxUtf8(source: Buffer, target: Buffer): number {
  const text = source
    .toString('utf16le')
    .replace(/\0.*/s, '')
    .replace(/\p{Surrogate}/gu, '');
  if (Buffer.byteLength(text) <= target.length) return target.write(text);
  let length = 0;
  for (const character of text) length += target.write(character, length);
  return length;
}

/**
 * Linux's `utf8s_to_utf16s`: converts up to a NUL, cuts at `target`'s end between characters, writes no terminator;
 * returns the units written, or a negative number for invalid UTF-8.
 */
export function linuxUtf16(source: Buffer, target: Buffer): number {
  const bytes = readBytes(source, { offset: 0, size: source.length });
  if (!isUtf8(bytes)) return invalidText;
  const room = target.length / Uint16Array.BYTES_PER_ELEMENT;
  const text = bytes.toString();
  const cut = text.length <= room ? text : text.slice(0, room).replace(/\p{Surrogate}$/u, '');
  target.write(cut, 'utf16le');
  return cut.length;
}

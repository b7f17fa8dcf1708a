// The converter of FreeBSD's driver, with what is wrong in it: a surrogate pair from the host is lost, and so is
// everything from U+F800 to U+FFFF, which it takes for surrogates; the second half of a pair to the host is wrong.

import { readBytes } from '../message/fixed-text.ts';

const surrogateMask = 0xdc00;
const highSurrogate = 0xd800;
const lowSurrogate = 0xdc00;
const strayMask = 0xdf00;
const firstSupplementary = 0x1_0000;
const halfBits = 10;
const wrongLowMask = 0x3_ffff;
const unitMask = 0xffff;

const continuationMask = 0b1100_0000;
const continuation = 0b1000_0000;
const payloadMask = 0b0011_1111;
const payloadBits = 6;
const firstLatin1 = 0xa0;

/** Leads of two, three and four bytes, the bits of each that count, and the least code point that needs so many. */
const sequences = [
  { from: 0xc0, to: 0xdf, following: 1, mask: 0x3f, least: 0x80 },
  { from: 0xe0, to: 0xef, following: 2, mask: 0x0f, least: 0x800 },
  { from: 0xf0, to: 0xf4, following: 3, mask: 0x03, least: firstSupplementary },
] as const;

/**
 * Converts all of `source`, NULs included: the driver gives twice the text's units and so reads what lies behind it.
 * Writes until something does not fit; returns the bytes that it would have written, which the driver halves for a size.
 */
export function freebsdUtf8(source: Buffer, target: Buffer): number {
  let length = 0;
  let room = target.length;
  for (let offset = 0; offset + 1 < source.length; offset += Uint16Array.BYTES_PER_ELEMENT) {
    const unit = source.readUInt16LE(offset);
    const kind = unit & surrogateMask;
    if (kind === highSurrogate || kind === lowSurrogate) continue;
    const bytes = Buffer.from(String.fromCharCode(unit));
    if (length + bytes.length > room) room = 0;
    if (room > 0) bytes.copy(target, length);
    length += bytes.length;
  }
  return length;
}

/**
 * Converts up to a NUL; leaves out what is not UTF-8, or takes it for Latin-1. Writes as far as `target` goes;
 * returns the units of the whole text, so that a size may be larger than the text.
 */
export function freebsdUtf16(source: Buffer, target: Buffer): number {
  const bytes = readBytes(source, { offset: 0, size: source.length });
  const room = target.length / Uint16Array.BYTES_PER_ELEMENT;
  let length = 0;
  const put = (unit: number): void => {
    if (length < room) target.writeUInt16LE(unit & unitMask, length * Uint16Array.BYTES_PER_ELEMENT);
    length += 1;
  };
  for (let at = 0; at < bytes.length; ) {
    const { code, size } = decodeOne(bytes, at);
    at += size;
    if (code === undefined) continue;
    if (code >= firstSupplementary) put(highSurrogate | ((code - firstSupplementary) >> halfBits));
    put(code >= firstSupplementary ? lowSurrogate | ((code - firstSupplementary) & wrongLowMask) : code);
  }
  return length;
}

interface Decoded {
  /** Undefined if it is left out. */
  readonly code: number | undefined;
  readonly size: number;
}

function decodeOne(bytes: Buffer, at: number): Decoded {
  const lead = bytes[at] ?? 0;
  if (lead < continuation) return { code: lead, size: 1 };
  if (lead >= firstLatin1 && !isContinuation(bytes[at + 1])) return { code: lead, size: 1 };
  const sequence = sequences.find(({ from, to }) => lead >= from && lead <= to);
  if (sequence === undefined) return { code: undefined, size: 1 };
  const following = bytes.subarray(at + 1, at + 1 + sequence.following);
  if (following.length < sequence.following || !following.every(isContinuation)) return { code: undefined, size: 1 };
  const code = following.reduce((high, byte) => (high << payloadBits) | (byte & payloadMask), lead & sequence.mask);
  const left = code < sequence.least || (sequence.following > 1 && (code & strayMask) === highSurrogate);
  return { code: left ? undefined : code, size: 1 + sequence.following };
}

function isContinuation(byte: number | undefined): boolean {
  return byte !== undefined && (byte & continuationMask) === continuation;
}

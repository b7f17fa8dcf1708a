import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freebsdUtf16, freebsdUtf8 } from '../../../src/simulator/freebsd-text.ts';

/** What the driver carries faithfully: the Basic Multilingual Plane below the surrogates. */
const faithfulText = fc.string({ unit: fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code)) });

describe('FreeBSD’s converter', () => {
  it('gives text of the Basic Multilingual Plane back', () => {
    fc.assert(
      fc.property(faithfulText, (text) => {
        expect(toDaemon(text).text).toBe(text);
        expect(toHost(Buffer.from(text), text.length)).toEqual({ text, units: text.length });
      }),
    );
  });

  it('loses surrogate pairs, and the characters from U+F800 on, from the host', () => {
    expect(toDaemon('a😀b\uf7ff\uf800\uffffc').text).toBe('ab\uf7ffc');
  });

  it('spoils the second half of a surrogate pair to the host', () => {
    expect(toHost(Buffer.from('😀'), 10).text).toBe('\ud83d\ufe00');
  });

  it('counts the whole text though it writes only what fits', () => {
    expect(toHost(Buffer.from('abcdef'), 4)).toEqual({ text: 'abcd', units: 6 });
    expect(toDaemon('abcdef', 4)).toEqual({ text: 'abcd', bytes: 6 });
  });

  it('writes nothing more once a character does not fit', () => {
    expect(toDaemon('abc€d', 5).text).toBe('abc');
  });

  it('leaves out what is not UTF-8, or takes it for Latin-1', () => {
    expect(toHost(Buffer.from([0x61, 0x80, 0x62, 0xfc, 0x63]), 10).text).toBe('abüc');
    expect(toHost(Buffer.from([0xe2, 0x82]), 10).text).toBe('');
    expect(toHost(Buffer.from([0xc1, 0x81, 0x61]), 10).text).toBe('a');
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        freebsdUtf16(Buffer.from(bytes), Buffer.alloc(20));
        freebsdUtf8(Buffer.from(bytes), Buffer.alloc(20));
      }),
    );
  });
});

function toDaemon(text: string, limit = text.length * 3): { text: string; bytes?: number } {
  const target = Buffer.alloc(limit);
  const bytes = freebsdUtf8(Buffer.from(text, 'utf16le'), target);
  const written = target.toString('utf8', 0, Math.min(bytes, limit)).replace(/\0+$/, '');
  return bytes > limit ? { text: written, bytes } : { text: written };
}

function toHost(utf8: Buffer, limit: number): { text: string; units: number } {
  const target = Buffer.alloc(limit * 2);
  const units = freebsdUtf16(utf8, target);
  return { text: target.toString('utf16le', 0, Math.min(units, limit) * 2), units };
}

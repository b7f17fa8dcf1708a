import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linuxUtf16, linuxUtf8 } from '../../../src/simulator/linux-text.ts';

const anyText = fc.string({ unit: 'binary' }).filter((text) => !text.includes('\0'));

describe('Linux’s converter', () => {
  it('gives every text back that fits', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(toHost(Buffer.from(toDaemon(text)), text.length)).toBe(text);
      }),
    );
  });

  it('never cuts inside a character, in either direction, wherever the limit falls', () => {
    fc.assert(
      fc.property(anyText, fc.nat(40), (text, limit) => {
        expect(text.startsWith(toHost(Buffer.from(text), limit) ?? 'invalid')).toBe(true);
        expect(toDaemon(text, limit)).not.toContain('\ufffd');
        expect(Buffer.byteLength(toDaemon(text, limit))).toBeLessThanOrEqual(limit);
      }),
    );
  });

  it('leaves out an emoji across the cut, and still takes what fits behind it', () => {
    expect(toHost(Buffer.from('abc😀'), 4)).toBe('abc');
    expect(toHost(Buffer.from('abc😀'), 5)).toBe('abc😀');
    expect(toDaemon('abc😀d', 6)).toBe('abcd');
    expect(toDaemon('abc😀d', 8)).toBe('abc😀d');
  });

  it('leaves out lone surrogates from the host', () => {
    expect(toDaemon('a\ud83db\ude00c\ud83d')).toBe('abc');
  });

  it('fails for what is not UTF-8', () => {
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0xe2, 0x82]]) {
      expect(toHost(Buffer.from(bytes), 100)).toBeUndefined();
    }
  });

  it('stops at the first NUL', () => {
    expect(toDaemon('ab\0c')).toBe('ab');
    expect(toHost(Buffer.from('ab\0c'), 100)).toBe('ab');
  });
});

function toDaemon(text: string, limit = text.length * 3): string {
  const target = Buffer.alloc(limit);
  return target.toString('utf8', 0, linuxUtf8(Buffer.from(text, 'utf16le'), target));
}

function toHost(utf8: Buffer, units: number): string | undefined {
  const target = Buffer.alloc(units * 2);
  const length = linuxUtf16(utf8, target);
  return length < 0 ? undefined : target.toString('utf16le', 0, length * 2);
}

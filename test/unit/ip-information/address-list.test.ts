import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capacity, wholeEntries } from '../../../src/ip-information/address-list.ts';

describe('wholeEntries', () => {
  it('takes as many as fit with a separator between them, and no more', () => {
    expect(wholeEntries(['ab', 'cd', 'ef'], 8)).toEqual(['ab', 'cd', 'ef']);
    expect(wholeEntries(['ab', 'cd', 'ef'], 7)).toEqual(['ab', 'cd']);
    expect(wholeEntries(['abc'], 2)).toEqual([]);
    expect(wholeEntries([], 0)).toEqual([]);
  });

  it('takes the longest run from the first that fits', () => {
    fc.assert(
      fc.property(fc.array(fc.string()), fc.nat(200), (entries, limit) => {
        const taken = wholeEntries(entries, limit);
        expect(taken).toEqual(entries.slice(0, taken.length));
        expect(taken.length === 0 || taken.join(';').length <= limit).toBe(true);
        const one = entries.slice(0, taken.length + 1);
        expect(one.length === taken.length || one.join(';').length > limit).toBe(true);
      }),
    );
  });
});

it('a field holds half as many characters as bytes, and a NUL', () => {
  expect(capacity({ offset: 0, size: 2048 })).toBe(1023);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CommandError, parseSet, poolNamed, splitWords } from '../../../src/hvkvp/simulate/words.ts';

describe('a command line', () => {
  it('is split at blanks, except between quotes', () => {
    expect(splitWords(`set  0 "two words" 'a "b"' '' end`)).toEqual(['set', '0', 'two words', 'a "b"', '', 'end']);
  });

  it('never fails to be split', () => {
    fc.assert(
      fc.property(fc.string(), (line) => {
        expect(splitWords(line).join('').length).toBeLessThanOrEqual(line.length);
      }),
    );
  });

  it('names a pool by number or name', () => {
    expect(['0', 'guest', 'autoExternal'].map(poolNamed)).toEqual([0, 1, 3]);
    for (const name of ['5', '-1', '1.5', 'toString', 'x']) expect(() => poolNamed(name)).toThrow(CommandError);
  });

  it('types a value, wherever the option stands', () => {
    expect(parseSet(['0', 'k', '7'])).toEqual({ pool: 0, key: 'k', value: '7' });
    expect(parseSet(['0', 'k', '7', '--type', 'u32'])).toEqual({ pool: 0, key: 'k', value: { u32: 7 } });
    expect(parseSet(['--type', 'u64', '0', 'k', '7'])).toEqual({ pool: 0, key: 'k', value: { u64: 7n } });
    for (const value of ['-1', '4294967296', '1.5', '']) {
      expect(() => parseSet(['0', 'k', value, '--type', 'u32'])).toThrow(CommandError);
    }
    expect(() => parseSet(['0', 'k', '7', '--type', 'u16'])).toThrow(CommandError);
  });
});

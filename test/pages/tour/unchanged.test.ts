import { describe, expect, it } from 'vitest';
import { keptIfUnchanged } from './unchanged.ts';

describe('what was written down of a program’s output', () => {
  it.each([
    ['a time', 'set  ok  5.1 ms  key', 'set  ok  912 µs  key'],
    ['a time in two units', 'up 3 s', 'up 1 min 3 s'],
    ['when it was', '2026-03-01T12:00:00.000Z  get', '2026-04-01T12:00:00.001Z  get'],
    ['a process', 'process 7, up', 'process 4711, up'],
    ['where a time is drawn', '<text x="460.6" y="1">9 ms</text>', '<text x="452.8" y="1">10 ms</text>'],
  ])('stays if a fresh run differs by %s', (_, written, fresh) => {
    expect(keptIfUnchanged(written, fresh)).toBe(written);
  });

  it.each([
    ['a word', 'set  ok  5.1 ms', 'set  fail  5.1 ms'],
    ['a number that is no time', 'all  15  5 ms', 'all  16  5 ms'],
    ['a colour', '<text class="red" y="1">9 ms</text>', '<text class="green" y="1">lost</text>'],
  ])('gives way if a fresh run differs by %s', (_, written, fresh) => {
    expect(keptIfUnchanged(written, fresh)).toBe(fresh);
  });
});

import { describe, expect, it } from 'vitest';
import { printable } from '../../../src/message/printable.ts';

describe('printable text', () => {
  it('never moves the cursor, forges a line or changes the direction of writing', () => {
    const text = printable('a\u001b[2J\tb\u009b\u007f\r\n\u2028\u202e');
    expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u);
    expect(text).toBe(String.raw`a\u001b[2J\tb\u009b\u007f\r\n\u2028\u202e`);
  });

  it('leaves everything else as it is', () => {
    expect(printable('Grace Hopper 👋 naïve "quoted" \\ 1')).toBe('Grace Hopper 👋 naïve "quoted" \\ 1');
  });
});

import { describe, expect, it } from 'vitest';
import { hvkvp } from '../../support/hvkvp.ts';

describe('hvkvp simulate', () => {
  it('takes commands from standard input, until quit', () => {
    const { status, stdout } = hvkvp(['simulate'], { input: 'set 0 key value\nget 0 key\nquit\nget 0 nothing\n' });
    expect(stdout).toMatch(/^host> value$/m);
    expect(status).toBe(0);
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const built = join(import.meta.dirname, '../../../dist/device/rethrow-later.js');

describe('a bug in a native callback', () => {
  it('ends the process with its stack, instead of vanishing', () => {
    const code = `
      import { rethrowLater } from ${JSON.stringify(built)};
      rethrowLater(() => { throw new Error('a bug'); });
      setTimeout(() => console.log('still here'), 1000);
    `;
    const { status, stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', code], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toContain('a bug');
  });
});

import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const program = join(import.meta.dirname, '../soak/run.mjs');
const minutes = '0.2';
const timeoutMs = 120_000;

it.each(['linux', 'freebsd'])(
  'a short soak on %s finds every answer right, and nothing that grows',
  (system) => {
    const words = [program, '--minutes', minutes, '--platform', system];
    const { stdout, stderr } = spawnSync(process.execPath, words, { encoding: 'utf8' });
    expect(stderr).toBe('');
    expect(stdout).toMatch(/every answer was as it must be\n.*\n1 passed, 0 failed\n$/s);
  },
  timeoutMs,
);

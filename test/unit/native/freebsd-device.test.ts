import { execFileSync, spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const program = join(import.meta.dirname, 'build/Release/twin_rows');
const rows = execFileSync(program, ['--list'], { encoding: 'utf8' }).trim().split('\n');

describe('the device of FreeBSD, by its twin', () => {
  it.each(rows)('%s', (row) => {
    expect(spawnSync(program, [row], { encoding: 'utf8' })).toMatchObject({ status: 0, stdout: '' });
  });

  it('fails for a row that there is not', () => {
    expect(spawnSync(program, ['no such row']).status).toBe(1);
  });
});

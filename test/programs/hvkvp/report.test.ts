import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { contentsOf } from '../../unit/pools/support/open-pool.ts';
import { hvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

describe('hvkvp report', () => {
  it('writes one report, the last one', () => {
    const folder = temporaryFolder();
    const report = (...words: readonly string[]) => hvkvp(['report', ...words, '--vm-id', 'abc', '--pool-dir', folder]);
    expect(report('failure', '--reason', 'no | network', '--with', 'step=2').status).toBe(0);
    expect(report('success', '--agent', 'mine/2', '--pps-type', 'None').status).toBe(0);
    const contents = contentsOf(join(folder, '.kvp_pool_1'));
    expect(contents).toHaveLength(1);
    expect(contents[0]).toMatch(
      /^PROVISIONING_REPORT=result=success\|agent=mine\/2\|pps_type=None\|timestamp=[\dT:.-]+\+00:00\|vm_id=abc$/,
    );
  });

  it.each([
    [['failure'], "required option '--reason <text>' not specified"],
    [['success', '--with', 'nonsense'], 'It must be NAME=TEXT.'],
    [['success', '--agent', 'a'.repeat(2000)], 'and at most 1022 are allowed'],
  ])('ends with status 2 for %j', (words, text) => {
    const { status, stderr } = hvkvp(['report', ...words, '--pool-dir', temporaryFolder()]);
    expect(stderr).toContain(text);
    expect(status).toBe(2);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { chunkSchemeNames } from '../../../src/chunks/schemes.ts';
import { contentsOf, record, textsOf } from '../../unit/pools/support/open-pool.ts';
import { type Ended, hvkvp, type RunOptions } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: readonly string[], options?: RunOptions): Ended => hvkvp([...words, '--pool-dir', folder], options);
const path = (): string => join(folder, '.kvp_pool_1');
const long = 'ünïcode, "quotes" and more; '.repeat(90);

describe('a long value', () => {
  it.each(chunkSchemeNames)('is split and joined again in the way of %s', (scheme) => {
    expect(run(['set', 'config', '-', '--chunk', scheme], { input: long }).status).toBe(0);
    expect(textsOf(readFileSync(path())).length).toBeGreaterThan(2);
    expect(run(['get', 'config', '--no-newline']).stdout).toBe(long);
    expect(run(['get', 'config', '--no-newline', '--chunk', scheme]).stdout).toBe(long);
    expect(JSON.parse(run(['get', 'config', '--json']).stdout)).toEqual({
      pool: 'guest',
      key: 'config',
      value: long,
      chunk: scheme,
    });
    run(['set', 'config', 'short', '--chunk', scheme]);
    expect(run(['get', 'config', '--no-newline', '--chunk', scheme]).stdout).toBe('short');
    expect(contentsOf(path())).toHaveLength(1);
    expect(run(['delete', 'config', '--chunk', scheme]).status).toBe(0);
    expect(contentsOf(path())).toEqual([]);
  });

  it('takes the place of one in a single record, which readers would prefer', () => {
    writeFileSync(path(), Buffer.concat([record('config', 'old'), record('other', '1')]));
    run(['set', 'config', 'new', '--chunk', 'ignition']);
    expect(contentsOf(path())).toEqual(['other=1', 'config.0=new']);
  });

  it('is not guessed where its parts are of two schemes', () => {
    writeFileSync(path(), Buffer.concat([record('k.0', 'a'), record('k._0', 'b')]));
    expect(run(['get', 'k'])).toMatchObject({ status: 2, stdout: '' });
    expect(run(['get', 'k', '--chunk', 'hlvmm']).stdout).toBe('b\n');
  });

  it('is refused if a key with its number is too long, and nothing is written', () => {
    const { status, stderr } = run(['set', 'k'.repeat(253), '-', '--chunk', 'ignition'], { input: long });
    expect([status, stderr]).toEqual([2, 'hvkvp set: the key has 255 bytes, and at most 254 are allowed\n']);
  });
});

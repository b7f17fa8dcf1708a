import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { record, textsOf } from '../../unit/pools/support/open-pool.ts';
import { type Ended, hvkvp, hvkvpProgram, RunningHvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { controlC, Terminal } from '../../support/terminal.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  write(0, 'VMId=1', 'VMName=two', 'Other=3');
  write(1, 'VMId=own', 'VMOwn=4');
});

const poolFile = (pool: number): string => join(folder, `.kvp_pool_${pool}`);
const textsIn = (pool: number): readonly string[] => textsOf(readFileSync(poolFile(pool)));
const run = (...words: readonly string[]): Ended => hvkvp([...words, '--pool-dir', folder]);

function write(pool: number, ...texts: readonly string[]): void {
  const records = texts.map((text) => record(text.split('=')[0] ?? '', text.split('=')[1] ?? ''));
  writeFileSync(poolFile(pool), Buffer.concat(records));
}

describe('a pattern of keys', () => {
  it('lists those that fit, in one pool or all, and says of words that fit none', () => {
    expect(run('list', 'VM*')).toEqual({
      ...{ status: 0, stderr: '' },
      stdout: 'external\tVMId\t1\nexternal\tVMName\ttwo\nguest\tVMId\town\nguest\tVMOwn\t4\n',
    });
    expect(run('list', 'guest', 'VM??', 'Ot[!a-g]er').stdout).toBe('guest\tVMId\town\n');
    expect(run('list', '--pool', 'external', 'O*', 'VMName').stdout).toBe(
      'external\tVMName\ttwo\nexternal\tOther\t3\n',
    );
    expect(run('list', 'guest', 'VMId', 'Nobody', 'X*')).toEqual({
      status: 1,
      stdout: 'guest\tVMId\town\n',
      stderr: "hvkvp list: pool guest has no key 'Nobody'\nhvkvp list: pool guest has no key like 'X*'\n",
    });
    expect(run('list', 'X*', '--json')).toMatchObject({ status: 1, stdout: '[]\n' });
    expect(run('list', 'gest').stderr).toBe("hvkvp list: no pool has the key 'gest'\n");
  });

  it('gets the value of each, from the first pool that has it', () => {
    expect(run('get', 'VM*')).toEqual({ status: 0, stdout: '1\ntwo\n4\n', stderr: '' });
    expect(run('get', 'VM*', '--pool', 'guest', '--json').stdout).toBe(
      '[{"pool":"guest","key":"VMId","value":"own"},{"pool":"guest","key":"VMOwn","value":"4"}]\n',
    );
    expect(run('get', 'X*')).toEqual({ status: 1, stdout: '', stderr: "hvkvp get: no pool has a key like 'X*'\n" });
  });

  it('is waited for', () => {
    expect(run('wait', 'VMN*').stdout).toBe('two\n');
    expect(run('wait', 'X*', '--timeout', '0.1').stderr).toBe("hvkvp wait: no pool has a key like 'X*' after 0.1 s\n");
  });

  it('is watched', async () => {
    const watch = new RunningHvkvp(['watch', 'VM*', '--json', '--pool', '1', '--pool-dir', folder]);
    expect(await watch.line()).toContain('"watching"');
    run('set', 'Another', '1');
    run('set', 'VMNew', '1');
    expect(await watch.line()).toBe('{"change":"added","pool":"guest","key":"VMNew","value":"1"}');
  });
});

describe('a key that has the signs of a pattern in it', () => {
  beforeEach(() => {
    write(1, 'VM*=literal', 'VMId=own', 'x[1]=bracket', 'x1=one');
  });

  it('goes before the keys that the pattern would fit, in whichever pool it is', () => {
    expect(run('get', 'VM*').stdout).toBe('literal\n');
    expect(run('get', 'VM*', '--json').stdout).toBe('{"pool":"guest","key":"VM*","value":"literal"}\n');
    expect(run('get', 'x[1]').stdout).toBe('bracket\n');
    expect(run('list', 'VM*').stdout).toBe('guest\tVM*\tliteral\n');
    expect(run('wait', 'VM*').stdout).toBe('literal\n');
    expect(run('delete', 'VM*', 'x[1]')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(textsIn(1)).toEqual(['VMId=own', 'x1=one']);
  });

  it('is named by --exact whether it is there or not', () => {
    expect(run('get', 'x[1]', '--exact').stdout).toBe('bracket\n');
    for (const command of ['get', 'list', 'delete']) {
      expect(run(command, 'VMI*', '--exact', '--pool', 'guest')).toMatchObject({
        status: 1,
        stdout: '',
        stderr: `hvkvp ${command}: pool guest has no key 'VMI*'\n`,
      });
    }
    expect(run('wait', 'VMI*', '--exact', '--timeout', '0.1').stderr).toContain("no pool has the key 'VMI*'");
  });

  it('is watched alone', async () => {
    const watch = new RunningHvkvp(['watch', 'VM*', '--json', '--pool', '1', '--pool-dir', folder]);
    expect(await watch.line()).toContain('"watching"');
    run('set', 'VMId', '2');
    run('set', 'VM*', 'changed');
    expect(await watch.line()).toBe('{"change":"changed","pool":"guest","key":"VM*","value":"changed"}');
  });
});

describe('hvkvp delete with a pattern', () => {
  it('wants --yes where there is no terminal, and changes nothing without', () => {
    expect(run('delete', 'VM*')).toEqual({
      status: 2,
      stdout: '',
      stderr: 'hvkvp delete: not a terminal; pass --yes\n',
    });
    expect(textsIn(1)).toEqual(['VMId=own', 'VMOwn=4']);
    run('append', 'VMOwn', '5');
    run('set', 'Kept', '6');
    expect(run('delete', 'VM*', '--yes', '--json').stdout).toBe('{"pool":"guest","deleted":3,"missing":[]}\n');
    expect(textsIn(1)).toEqual(['Kept=6']);
    expect(run('delete', 'VM*', 'Kept')).toEqual({
      status: 1,
      stdout: '',
      stderr: "hvkvp delete: pool guest has no key 'VM*'\n",
    });
  });

  it.each([
    ['y\n', true],
    ['\n', false],
    [controlC, false],
  ])('says at a terminal how many would go, and takes %j for an answer', async (keys, agreed) => {
    run('append', 'VMOwn', '5');
    const terminal = new Terminal([process.execPath, hvkvpProgram, 'delete', 'VM*', '--pool-dir', folder]);
    await terminal.shows('Delete 3 records of 2 keys from pool guest: VMId, VMOwn? [y/N] ');
    terminal.type(keys);
    expect(await terminal.ended(), terminal.shown).toBe(agreed ? 0 : 2);
    expect(textsIn(1)).toEqual(agreed ? [] : ['VMId=own', 'VMOwn=4', 'VMOwn=5']);
  });

  it('asks nothing at a terminal for a key of that very name, or where there is nothing to delete', async () => {
    write(1, 'VM*=literal');
    for (const [key, status] of [
      ['VM*', 0],
      ['X*', 1],
    ] as const) {
      const terminal = new Terminal([process.execPath, hvkvpProgram, 'delete', key, '--pool-dir', folder]);
      expect(await terminal.ended(), terminal.shown).toBe(status);
    }
    expect(textsIn(1)).toEqual([]);
  });
});

describe('hvkvp clear', () => {
  it.each([
    ['y\n', true],
    ['n\n', false],
  ])('says at a terminal how many records would go, and takes %j for an answer', async (keys, agreed) => {
    const terminal = new Terminal([process.execPath, hvkvpProgram, 'clear', '--pool-dir', folder]);
    await terminal.shows('Delete 2 records, all of pool guest? [y/N] ');
    terminal.type(keys);
    expect(await terminal.ended(), terminal.shown).toBe(agreed ? 0 : 2);
    expect(textsIn(1)).toEqual(agreed ? [] : ['VMId=own', 'VMOwn=4']);
  });

  it('asks nothing with --yes, or of a pool that is empty', async () => {
    for (const more of [['--yes'], []]) {
      const terminal = new Terminal([process.execPath, hvkvpProgram, 'clear', ...more, '--pool-dir', folder]);
      expect(await terminal.ended(), terminal.shown).toBe(0);
    }
    expect(textsIn(1)).toEqual([]);
  });
});

import { execFileSync } from 'node:child_process';
import { chmodSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { contentsOf, record, records } from '../../unit/pools/support/open-pool.ts';
import { type Ended, hvkvp, type RunOptions } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { needs, otherUsers } from '../../support/needs.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: readonly string[], options?: RunOptions): Ended => hvkvp([...words, '--pool-dir', folder], options);
const path = (): string => join(folder, '.kvp_pool_1');

describe('what libazureinit-kvp says of its command line holds for hvkvp', () => {
  it('allows 254 bytes of key and 1022 of value, and tells both numbers beyond', () => {
    expect(run(['set', 'k'.repeat(254), 'v'.repeat(1022)]).status).toBe(0);
    const longKey = run(['set', 'k'.repeat(255), 'v']);
    expect(longKey.stderr).toContain('the key has 255 bytes, and at most 254 are allowed');
    const longValue = run(['set', 'k', 'é'.repeat(512)]);
    expect(longValue.stderr).toContain(
      'the value has 1024 bytes, and at most 1022 are allowed; --chunk splits it, --unsafe',
    );
    expect([longKey.status, longValue.status]).toEqual([2, 2]);
    expect(contentsOf(path())).toHaveLength(1);
  });

  it('allows 512 and 2048 with --unsafe, and no more', () => {
    expect(run(['set', 'k'.repeat(512), 'v'.repeat(2048), '--unsafe']).status).toBe(0);
    expect(run(['get', 'k'.repeat(512)]).stdout).toBe(`${'v'.repeat(2048)}\n`);
    expect(run(['set', 'k'.repeat(513), 'v', '--unsafe']).status).toBe(2);
    expect(run(['append', 'k', 'v'.repeat(2049), '--unsafe']).stderr).toContain('2049 bytes, and at most 2048');
  });

  it('refuses an empty key', () => {
    for (const words of [
      ['set', '', 'v'],
      ['append', '', 'v'],
      ['get', ''],
      ['delete', ''],
    ]) {
      expect(run(words)).toMatchObject({ status: 2, stderr: `hvkvp ${words[0] ?? ''}: the key is empty\n` });
    }
  });

  it('takes an empty value', () => {
    expect(run(['set', 'k', '']).status).toBe(0);
    expect(run(['get', 'k'])).toMatchObject({ status: 0, stdout: '\n' });
  });

  it('refuses a NUL in a key or value', () => {
    expect(run(['set', 'k', '-'], { input: 'a\0b' })).toMatchObject({
      status: 2,
      stderr: 'hvkvp set: the value contains a NUL, which ends a text in a pool\n',
    });
    const loaded = run(['load', '-'], { input: '{"key":"a\\u0000b","value":"v"}\n' });
    expect(loaded).toMatchObject({ status: 2 });
    expect(loaded.stderr).toContain('line 1 (pool guest): the key contains a NUL');
  });

  it('refuses what is not UTF-8', () => {
    expect(run(['set', 'k', '-'], { input: Buffer.from([0x61, 0xff]) })).toMatchObject({
      status: 2,
      stderr: 'hvkvp set: the value is not valid UTF-8\n',
    });
    expect(run(['set', 'bad\uFFFD', 'v']).stderr).toBe('hvkvp set: the key is not valid UTF-8\n');
  });

  it('keeps duplicates with append, and their order', () => {
    for (const value of ['1', '2', '3']) run(['append', 'same', value]);
    run(['append', 'other', '4']);
    expect(contentsOf(path())).toEqual(['same=1', 'same=2', 'same=3', 'other=4']);
    expect(run(['get', 'same']).stdout).toBe('1\n');
    expect(run(['get', 'same', '--all']).stdout).toBe('1\n2\n3\n');
  });

  it('deletes every record of each key, in the middle too, and keeps the others in order', () => {
    writeFileSync(
      path(),
      Buffer.concat([record('a', '1'), record('b', '1'), record('c', '1'), record('b', '2'), record('d', '1')]),
    );
    expect(run(['delete', 'b', 'd']).status).toBe(0);
    expect(contentsOf(path())).toEqual(['a=1', 'c=1']);
  });

  it('ends with status 1 for a key that is not there, after it has deleted the others', () => {
    writeFileSync(path(), records(2));
    expect(run(['delete', 'key0', 'absent', 'key1'])).toMatchObject({
      status: 1,
      stderr: "hvkvp delete: pool guest has no key 'absent'\n",
    });
    expect(contentsOf(path())).toEqual([]);
  });

  it('neither hangs on a FIFO in the place of the file nor takes it for an empty pool', () => {
    execFileSync('mkfifo', [path()]);
    for (const words of [['get', 'k', '--pool', '1'], ['set', 'k', 'v'], ['clear'], ['dump', '1']]) {
      const { status, stderr } = run(words);
      expect(stderr).toMatch(new RegExp(`^hvkvp ${words[0] ?? ''}: cannot .* EINVAL: it is not a regular file`));
      expect(status).toBe(3);
    }
  });

  it('says so if permission is denied', () => {
    needs(otherUsers);
    writeFileSync(path(), records(1));
    chmodSync(folder, 0o755);
    expect(run(['get', 'key0'], { asNobody: true })).toMatchObject({ status: 0, stdout: 'value0\n' });
    for (const words of [['set', 'k', 'v'], ['append', 'k', 'v'], ['delete', 'key0'], ['clear']]) {
      const { status, stderr } = run(words, { asNobody: true });
      expect(stderr).toMatch(
        new RegExp(`^hvkvp ${words[0] ?? ''}: cannot .* pool guest \\(.*\\): EACCES: permission denied`),
      );
      expect(stderr.trim().split('\n')).toHaveLength(1);
      expect(status).toBe(3);
    }
    expect(contentsOf(path())).toEqual(['key0=value0']);
  });

  it('clears if stale, which is: not changed since the system started', () => {
    writeFileSync(path(), records(3));
    expect(run(['is-stale'])).toMatchObject({ status: 1, stdout: 'false\n' });
    expect(run(['clear', '--if-stale', '--json']).stdout).toBe('{"pool":"guest","cleared":false}\n');
    expect(contentsOf(path())).toHaveLength(3);
    utimesSync(path(), 1, 1);
    expect(run(['is-stale'])).toMatchObject({ status: 0, stdout: 'true\n' });
    expect(run(['clear', '--if-stale']).status).toBe(0);
    expect(readFileSync(path())).toHaveLength(0);
    expect(run(['is-stale']).status).toBe(1);
  });

  it('takes a pool without a file for empty, and not for stale', () => {
    expect(run(['is-stale'])).toMatchObject({ status: 1, stdout: 'false\n' });
    expect(run(['dump'])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(run(['clear']).status).toBe(0);
  });

  it('loads lines of KEY=VALUE', () => {
    expect(run(['load', '-', '--replace'], { input: 'a=1\n\nb=2=3\na=4\n' }).status).toBe(0);
    expect(contentsOf(path())).toEqual(['a=1', 'b=2=3', 'a=4']);
    expect(run(['load', '-'], { input: 'a=5\nno pair\n' })).toMatchObject({
      status: 2,
      stderr: 'hvkvp load: line 2: neither a JSON object nor KEY=VALUE\n',
    });
    expect(contentsOf(path())[0]).toBe('a=1');
  });
});

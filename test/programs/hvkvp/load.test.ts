import { spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import fc from 'fast-check';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import { encodeRecord } from '../../../src/pools/record.ts';
import { contentsOf, record, textsOf } from '../../unit/pools/support/open-pool.ts';
import { type Ended, hvkvp, RunningHvkvp, type RunOptions } from '../../support/hvkvp.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: readonly string[], options?: RunOptions): Ended => hvkvp([...words, '--pool-dir', folder], options);
const poolFile = (pool: number): string => join(folder, `.kvp_pool_${pool}`);
const nextTick = (): Promise<undefined> =>
  new Promise((resolve) => {
    setImmediate(resolve, undefined);
  });
const pairs = (count: number): string =>
  Array.from({ length: count }, (_, index) => `key${index}=value${index}`).join('\n');

describe('hvkvp load', () => {
  it('takes back what dump has printed, byte by byte, whatever neighbours have written', { timeout: 60_000 }, () => {
    const bytes = (longest: number) =>
      fc.oneof(
        fc.uint8Array({ min: 1, maxLength: longest, size: 'max' }).map((each) => Buffer.from(each)),
        fc.string({ unit: 'binary', maxLength: 40 }).map((each) => Buffer.from(each.replaceAll('\0', ''))),
      );
    const pool = fc.array(fc.record({ key: bytes(512), value: bytes(2048) }), { maxLength: 12 });
    const configuration = join(folder, 'hyperv-kvp.toml');
    writeFileSync(configuration, '[pools]\ndurability = "memory"\n');
    const place = ['--config', configuration];
    fc.assert(
      fc.property(fc.tuple(pool, pool, pool), (pools) => {
        const files = pools.map((records, index) => ({
          path: poolFile([0, 1, 3][index] ?? 0),
          content: Buffer.concat(
            [...records, ...records.slice(0, 2)].map(({ key, value }) => encodeRecord(key, value)),
          ),
        }));
        for (const { path, content } of files) writeFileSync(path, content);
        const { stdout: dumped } = run(['dump']);
        // A pool of which nothing was dumped is left as it is.
        for (const { path, content } of files) if (content.length > 0) writeFileSync(path, record('other', '1'));
        const loaded = run(['load', '-', '--replace', '--unsafe', ...place], { input: dumped });
        expect(loaded).toMatchObject({ status: 0, stderr: '' });
        for (const { path, content } of files) expect(readFileSync(path)).toEqual(content);
      }),
      { numRuns: 4, seed: 7 },
    );
  });

  it('takes bytes that are not UTF-8 in base 64 only', () => {
    const input = '{"key_base64":"/w==","value_base64":"/v8="}';
    expect(run(['load', '-'], { input })).toMatchObject({ status: 0, stderr: '' });
    expect(run(['dump']).stdout).toBe('{"pool":"guest","key_base64":"/w==","value_base64":"/v8="}\n');
    const { status, stderr } = run(['load', '-'], { input: Buffer.from('a=\u00ff\n', 'latin1') });
    expect(stderr).toMatch(/^hvkvp load: - is not valid UTF-8/);
    expect(status).toBe(2);
  });

  it.each([
    ['an object of keys and values', '{"a":"1","b":"2"}'],
    ['an array of records', '[{"key":"a","value":"1"},{"key":"b","value_base64":"Mg=="}]'],
    ['records on lines', '{"key":"a","value":"1"}\n{"pool":1,"key":"b","value":"2"}\n'],
  ])('takes %s', (_, input) => {
    expect(run(['load', '-'], { input }).status).toBe(0);
    expect(contentsOf(poolFile(1))).toEqual(['a=1', 'b=2']);
  });

  const marked = (text: string): Buffer => Buffer.from(`\ufeff${text}`);
  it.each([
    ['lines of Windows', 'a=1\r\n\r\nb=2\r\n'],
    ['lines of Windows, the last without its end', 'a=1\r\nb=2'],
    ['records on lines of Windows', '{"key":"a","value":"1"}\r\n{"key":"b","value":"2"}\r\n'],
    ['UTF-8 with a byte order mark', marked('a=1\nb=2\n')],
    ['JSON with a byte order mark', marked('{"a":"1","b":"2"}')],
    ['records with a byte order mark', marked('{"key":"a","value":"1"}\n{"key":"b","value":"2"}\n')],
    ['UTF-16, as PowerShell writes it', Buffer.from('\ufeffa=1\r\nb=2\r\n', 'utf16le')],
    ['UTF-16 of the other byte order', Buffer.from('\ufeffa=1\r\nb=2\r\n', 'utf16le').swap16()],
  ])('takes %s as what is written there', (_, input) => {
    expect(run(['load', '-'], { input })).toMatchObject({ status: 0, stderr: '' });
    expect(contentsOf(poolFile(1))).toEqual(['a=1', 'b=2']);
  });

  it('keeps a carriage return that ends no line', () => {
    expect(run(['load', '-'], { input: 'a=1\r2\nb=\r\r\n{"key":"c","value":"3\\r"}\n' }).status).toBe(0);
    expect(contentsOf(poolFile(1))).toEqual(['a=1\r2', 'b=\r', 'c=3\r']);
  });

  it('refuses half a character of UTF-16', () => {
    const input = Buffer.from('\ufeffa=\ud800\n', 'utf16le');
    expect(run(['load', '-'], { input }).status).toBe(2);
    expect(run(['dump']).stdout).toBe('');
  });

  it('writes each key once, or all behind what is there', () => {
    writeFileSync(poolFile(1), record('b', 'old'));
    run(['load', '-'], { input: 'a=1\nb=2\na=3\n' });
    expect(contentsOf(poolFile(1))).toEqual(['b=2', 'a=3']);
    run(['load', '-', '--append'], { input: 'a=4\nb=5\n' });
    expect(contentsOf(poolFile(1))).toEqual(['b=2', 'a=3', 'a=4', 'b=5']);
  });

  it.each([
    ['a key that is unknown', '{"key":"a","value":"1","colour":"red"}', 'line 1: colour: '],
    ['a value that is missing', '[{"key":"a"}]', 'record 1: the value is missing'],
    [
      'a value too long',
      `ok=1\nlong=${'v'.repeat(1023)}`,
      'line 2 (pool guest): the value has 1023 bytes, and at most 1022',
    ],
    [
      'the pool whose keys are made up',
      '{"pool":"auto","key":"a","value":"1"}',
      'line 1 (pool auto): pool auto is read-only',
    ],
    ['an empty key', '{"key":"","value":"1"}', 'line 1 (pool guest): the key is empty; --unsafe allows it'],
    ['a NUL', '{"key":"a","value_base64":"AGE="}', 'line 1 (pool guest): the value contains a NUL'],
    ['broken JSON', '{"key":"a","value":"1"}\n{"key"', 'line 2: not valid JSON'],
  ])('writes nothing if there is %s', (_, input, text) => {
    const { status, stderr } = run(['load', '-'], { input });
    expect(stderr).toContain(`hvkvp load: ${text}`);
    expect(status).toBe(2);
    expect(run(['dump']).stdout).toBe('');
  });

  it('--replace is whole while readers hold the lock again and again', { timeout: 60_000 }, async () => {
    const file = join(folder, 'records');
    writeFileSync(file, pairs(1000));
    writeFileSync(poolFile(1), record('old', '1'));
    const readers = spawn('sh', ['-c', `while :; do flock -s '${poolFile(1)}' true; done`], { detached: true });
    onTestFinished(() => {
      if (readers.pid !== undefined) process.kill(-readers.pid, 'SIGKILL');
    });
    const seen = new Set<string>();
    const load = new RunningHvkvp(['load', file, '--replace', '--pool-dir', folder]);
    const ended = once(load.process, 'exit');
    const look = (): void => {
      // As a program that takes whole records under the lock, as they all do.
      const { stdout } = spawnSync('flock', ['-s', poolFile(1), 'stat', '-c', '%s', poolFile(1)], { encoding: 'utf8' });
      seen.add(stdout.trim());
    };
    do look();
    while ((await Promise.race([ended, nextTick()])) === undefined);
    look();
    expect(await ended).toEqual([0, null]);
    expect([...seen].filter((size) => !['2560', '2560000'].includes(size))).toEqual([]);
    expect(contentsOf(poolFile(1))).toEqual(pairs(1000).split('\n'));
  });

  it.each([
    ['a lock that another program holds', [], 'holds its lock'],
    ['more records than are allowed', ['max_records = 20'], 'no more are allowed'],
  ])('--replace changes nothing because of %s', async (name, settings, text) => {
    writeFileSync(poolFile(1), record('old', '1'));
    const configuration = join(folder, 'hyperv-kvp.toml');
    writeFileSync(configuration, `[pools]\nlock_timeout_ms = 50\n${settings.join('\n')}\n`);
    const { letGo } = name.startsWith('a lock') ? await neighbourWithLock(poolFile(1)) : { letGo: () => undefined };
    const words = ['load', '-', '--replace', '--config', configuration];
    expect(run(words, { input: pairs(30) })).toMatchObject({
      status: 3,
      stderr: expect.stringContaining(text) as string,
    });
    expect(contentsOf(poolFile(1))).toEqual(['old=1']);
    letGo();
  });

  it('loses nothing that it has acknowledged when it is killed', { timeout: 60_000 }, async () => {
    const file = join(folder, 'records');
    writeFileSync(file, pairs(3000));
    const load = new RunningHvkvp(['load', file, '--append', '--json', '--pool-dir', folder]);
    let acknowledged = 0;
    for (; acknowledged < 700; acknowledged += 1) await load.line();
    load.process.kill('SIGKILL');
    await once(load.process, 'close');
    while ((await load.line())?.endsWith('}') === true) acknowledged += 1;
    const { stderr, status } = run(['list']);
    expect(status, stderr).toBe(0);
    const found = textsOf(readFileSync(poolFile(1)));
    expect(found.length).toBeGreaterThanOrEqual(acknowledged);
    expect(found.length).toBeLessThan(3000);
    expect(found).toEqual(pairs(found.length).split('\n'));
  });

  it('goes on when nobody reads what it says', async () => {
    const file = join(folder, 'records');
    writeFileSync(file, pairs(500));
    const load = new RunningHvkvp(['load', file, '--json', '--pool-dir', folder]);
    load.process.stdout.destroy();
    const [status] = (await once(load.process, 'exit')) as [number];
    expect(status).toBe(0);
    expect(contentsOf(poolFile(1))).toHaveLength(500);
  });
});

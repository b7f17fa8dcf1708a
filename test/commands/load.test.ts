import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { once } from 'node:events';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord } from '../../src/pools/record.ts';
import { contentsOf, record, textsOf } from '../pools/support/open-pool.ts';
import { type Ended, hvkvp, RunningHvkvp, type RunOptions } from '../support/hvkvp.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: readonly string[], options?: RunOptions): Ended => hvkvp([...words, '--pool-dir', folder], options);
const poolFile = (pool: number): string => join(folder, `.kvp_pool_${pool}`);
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
      'line 1 (pool auto): pool auto cannot be written',
    ],
    ['an empty key', '{"key":"","value":"1"}', 'line 1 (pool guest): the key is empty; --unsafe allows it'],
    ['a NUL', '{"key":"a","value_base64":"AGE="}', 'line 1 (pool guest): the value has a NUL in it'],
    ['broken JSON', '{"key":"a","value":"1"}\n{"key"', 'line 2: not valid JSON'],
  ])('writes nothing if there is %s', (_, input, text) => {
    const { status, stderr } = run(['load', '-'], { input });
    expect(stderr).toContain(`hvkvp load: ${text}`);
    expect(status).toBe(2);
    expect(run(['dump']).stdout).toBe('');
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

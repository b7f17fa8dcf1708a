import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { record, records, textsOf } from '../../unit/pools/support/open-pool.ts';
import { type Ended, hvkvp, hvkvpProgram, type RunOptions } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { needs, otherUsers } from '../../support/needs.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: string, options?: RunOptions): Ended =>
  hvkvp([...words.split(' ').filter(Boolean), '--pool-dir', folder], options);
const poolFile = (pool: number): string => join(folder, `.kvp_pool_${pool}`);

describe('hvkvp', () => {
  it('writes, reads and removes a key', () => {
    expect(run('set Owner Grace')).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(run('get Owner')).toEqual({ status: 0, stdout: 'Grace\n', stderr: '' });
    expect(run('get Owner --no-newline').stdout).toBe('Grace');
    expect(run('delete Owner').status).toBe(0);
    expect(run('get Owner')).toEqual({ status: 1, stdout: '', stderr: "hvkvp get: no pool has the key 'Owner'\n" });
  });

  it('has a JSON form of everything that it shows', () => {
    const shown = [
      'set k v --json',
      'append k w --json',
      'get k --json',
      'get k --all --json',
      'list --json',
      'list guest --unique --json',
      'list --keys --json',
      'get k* --json',
      'dump guest',
      'is-stale --json',
      'delete k --json',
      'clear --json',
      'info guest --json',
      'report success --agent test/1 --vm-id abc --json',
      'deprovision --dry-run --json',
    ].map((words) => `$ hvkvp ${words}\n${run(words).stdout}`);
    expect(
      shown
        .join('')
        .replaceAll(folder, 'FOLDER')
        .replaceAll(/(pool_\d)\.[0-9a-f]{8}\./g, '$1.TAG.')
        .replaceAll(/timestamp=[^|"]+/g, 'timestamp=TIME'),
    ).toMatchSnapshot();
  });

  it('shows programs fields between tabs, with control characters as escapes', () => {
    writeFileSync(poolFile(0), Buffer.concat([record('tab\tkey', 'red \u001b[31m'), record('next', 'line\nfeed')]));
    expect(run('list').stdout).toBe('external\ttab\\tkey\tred \\u001b[31m\nexternal\tnext\tline\\nfeed\n');
  });

  it('gives programs the bytes of a value as they are', () => {
    writeFileSync(poolFile(0), record('key', 'red \u001b[31m\n'));
    expect(run('get key').stdout).toBe('red \u001b[31m\n\n');
  });

  it('takes pools by number and name, and looks where the host writes first', () => {
    writeFileSync(poolFile(0), record('key', 'external'));
    writeFileSync(poolFile(1), record('key', 'guest'));
    writeFileSync(poolFile(3), record('key', 'facts'));
    expect(
      ['', '--pool 1', '--pool Guest', '--pool autoExternal', '--pool 0'].map((pool) => run(`get key ${pool}`).stdout),
    ).toEqual(['external', 'guest', 'guest', 'facts', 'external'].map((value) => `${value}\n`));
  });

  it('takes the pool of list, dump and info as a word and as --pool, but not two of them', () => {
    writeFileSync(poolFile(0), record('key', 'external'));
    writeFileSync(poolFile(1), record('key', 'guest'));
    expect(run('list 1').stdout).toBe('guest\tkey\tguest\n');
    expect(run('list --pool guest')).toEqual(run('list guest'));
    for (const command of ['dump', 'info']) {
      expect(run(`${command} --pool guest`)).toEqual(run(`${command} guest`));
      expect(run(`${command} 1 --pool Guest`)).toEqual(run(`${command} guest`));
      expect(run(`${command} guest --pool 0`)).toEqual({
        status: 2,
        stdout: '',
        stderr: `hvkvp ${command}: two different pools are given: guest and external\n`,
      });
    }
  });

  it('reads a value from standard input, but for one line feed at its end', () => {
    run('set secret -', { input: 'two\nlines\n' });
    expect(run('get secret --no-newline').stdout).toBe('two\nlines');
    run('append secret -', { input: '' });
    expect(run('get secret --all --json').stdout).toContain('"value":""');
  });

  it.each([
    ['no command', [], 2, /^Usage: hvkvp/],
    ['a command that does not exist', ['sett'], 2, /^hvkvp: unknown command 'sett'/],
    ['a word that is missing', ['set', 'k'], 2, /^hvkvp set: missing required argument 'value'\n$/],
    ['an option that does not exist', ['get', 'k', '--colour'], 2, /^hvkvp get: unknown option '--colour'\n$/],
    [
      'a pool that does not exist',
      ['get', 'k', '--pool', '5'],
      2,
      /^hvkvp get: .* Unknown pool; the pools are 0 external, 1 guest/,
    ],
    [
      'two options that contradict each other',
      ['load', '-', '--append', '--replace'],
      2,
      /^hvkvp load: .*cannot be used with/,
    ],
    ['a configuration that is not there', ['list', '--config', '/nonexistent'], 3, /^hvkvp list: ENOENT/],
    ['a wrong configuration', ['list', '--config', '/etc/passwd'], 2, /^hvkvp list: \/etc\/passwd:1: /],
    ['a file to load that is not there', ['load', '/nonexistent'], 3, /^hvkvp load: ENOENT/],
    ['the pool whose keys are made up', ['set', 'k', 'v', '--pool', 'auto'], 2, /^hvkvp set: pool auto is read-only/],
  ] as const)('ends with status and a clear line for %s', (_, words, status, text) => {
    const ended = hvkvp([...words, ...(words.length === 0 ? [] : ['--pool-dir', folder])]);
    expect(ended.stderr).toMatch(text);
    expect(ended).toMatchObject({ status, stdout: '' });
    expect(existsSync(poolFile(1))).toBe(false);
  });

  it.each(['list', 'get k', 'dump', 'info', 'is-stale', 'delete k', 'clear', 'recover', 'deprovision --yes'])(
    'ends with status 3 and a line for a mistyped --pool-dir: %s',
    (words) => {
      const mistyped = join(folder, 'mistyped');
      const ended = hvkvp([...words.split(' '), '--pool-dir', mistyped]);
      const stderr = `hvkvp ${words.split(' ')[0] ?? ''}: ENOENT: no such file or directory, stat '${mistyped}'\n`;
      expect(ended).toEqual({ status: 3, stdout: '', stderr });
      expect(existsSync(mistyped)).toBe(false);
    },
  );

  it('takes a folder that is not there yet for empty pools where no --pool-dir is given, and makes one to write', () => {
    const configuration = join(folder, 'hyperv-kvp.toml');
    writeFileSync(configuration, `[pools]\ndirectory = "${join(folder, 'fresh')}"\n`);
    expect(hvkvp(['list', '--config', configuration])).toEqual({ status: 0, stdout: '', stderr: '' });
    expect(hvkvp(['set', 'k', 'v', '--pool-dir', join(folder, 'new')])).toMatchObject({ status: 0 });
    expect(hvkvp(['get', 'k', '--pool-dir', join(folder, 'new')]).stdout).toBe('v\n');
  });

  it('tells the truth about a damaged pool, and serves what is whole', () => {
    writeFileSync(poolFile(1), Buffer.concat([records(2), Buffer.from('half')]));
    const damage = `hvkvp get: pool guest (${poolFile(1)}) is damaged: 4 bytes at its end that are not a complete record\n`;
    expect(run('get key1')).toEqual({ status: 0, stdout: 'value1\n', stderr: damage });
    expect(JSON.parse(run('info guest --json').stdout)).toMatchObject([{ state: 'damaged', records: 2, size: 5124 }]);
    expect(readFileSync(poolFile(1)).length).toBe(5124);
    run('set key0 new');
    expect(textsOf(readFileSync(poolFile(1)))).toEqual(['key0=new', 'key1=value1']);
    expect(JSON.parse(run('info guest --json').stdout)).toMatchObject([
      { state: 'ok', saved_tails: 1, journal: 'idle' },
    ]);
  });

  it('shows the pools that can be read, and ends with status 3 for the one that cannot', () => {
    needs(otherUsers);
    writeFileSync(poolFile(0), record('secret', '1'));
    chmodSync(poolFile(0), 0o600);
    writeFileSync(poolFile(1), record('key', 'value'));
    chmodSync(folder, 0o755);
    const ended = run('list', { asNobody: true });
    expect(ended).toMatchObject({ status: 3, stdout: 'guest\tkey\tvalue\n' });
    expect(ended.stderr).toMatch(/^hvkvp list: cannot read pool external \(.*\): EACCES: it cannot be read/);
    expect(run('get key', { asNobody: true })).toMatchObject({ status: 3, stdout: '' });
    expect(run('get key --pool guest', { asNobody: true })).toEqual({ status: 0, stdout: 'value\n', stderr: '' });
    expect(JSON.parse(run('info external --json', { asNobody: true }).stdout)).toMatchObject([
      { state: 'unusable', mode: '0600' },
    ]);
  });

  it('ends quietly and well when nobody reads on', () => {
    writeFileSync(poolFile(0), records(5000));
    const { stdout, stderr } = spawnSync(
      'bash',
      [
        '-c',
        '"$0" "$1" dump --pool-dir "$2" | head -1; echo "${PIPESTATUS[0]}"',
        process.execPath,
        hvkvpProgram,
        folder,
      ],
      // bash warns of a locale that is not installed.
      { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } },
    );
    expect(stdout).toBe('{"pool":"external","key":"key0","value":"value0"}\n0\n');
    expect(stderr).toBe('');
  });

  it('colours nothing where there is no terminal', () => {
    run('set k v');
    const { stdout } = spawnSync(process.execPath, [hvkvpProgram, 'info', '--pool-dir', folder], {
      encoding: 'utf8',
      env: { ...process.env, FORCE_COLOR: '1' },
    });
    expect(stdout).not.toContain('\u001b');
  });
});

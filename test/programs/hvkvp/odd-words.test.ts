import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from '../../support/temporary-folder.ts';

const programs = join(import.meta.dirname, '../../../dist/bin');

function shell(script: string, ...words: readonly string[]) {
  return spawnSync('sh', ['-c', script, 'sh', join(programs, 'hvkvp'), ...words], { encoding: 'utf8' });
}

function poolWithValue(): string {
  const folder = temporaryFolder();
  expect(shell('exec "$1" set --pool-dir "$2" K value', folder).status).toBe(0);
  return folder;
}

const get = (folder: string): string => shell('exec "$1" get --pool-dir "$2" K', folder).stdout;

describe('hvkvp set K -', () => {
  it.each([
    ['a folder', '</', 2, 'hvkvp set: standard input is not a file, pipe or terminal\n'],
    ['closed', '<&-', 3, 'hvkvp set: EBADF: bad file descriptor, read\n'],
    ['open for writing only', '0>/dev/null', 3, 'hvkvp set: EBADF: bad file descriptor, read\n'],
    ['without an end', '</dev/zero', 2, 'hvkvp set: standard input is longer than 268435456 bytes\n'],
  ])('leaves the value as it is where standard input is %s', (_, redirection, status, stderr) => {
    const folder = poolWithValue();
    expect(shell(`exec "$1" set --pool-dir "$2" K - ${redirection}`, folder)).toMatchObject({ status, stderr });
    expect(get(folder)).toBe('value\n');
  });

  it('takes an empty value from an empty file or a pipe', () => {
    const folder = poolWithValue();
    expect(shell('exec "$1" set --pool-dir "$2" K - </dev/null', folder).status).toBe(0);
    expect(get(folder)).toBe('\n');
    expect(shell('printf other | "$1" set --pool-dir "$2" K -', folder).status).toBe(0);
    expect(get(folder)).toBe('other\n');
  });
});

describe('a file that is named', () => {
  it.each(['load', 'ip plan', 'simulate --script'])('and has no end is not read for ever (hvkvp %s)', (command) => {
    const folder = temporaryFolder();
    const place = command === 'load' ? '--pool-dir "$2"' : '';
    const { status, stderr } = shell(`exec "$1" ${command} /dev/zero ${place}`, folder);
    expect(stderr).toContain('/dev/zero is longer than 268435456 bytes');
    expect(status).toBe(2);
  });

  it('and is a folder is not read', () => {
    expect(shell('exec "$1" load --pool-dir "$2" /', temporaryFolder())).toMatchObject({
      ...{ status: 3, stderr: 'hvkvp load: EISDIR: illegal operation on a directory, read\n' },
    });
  });

  it('may be a pipe', () => {
    const folder = temporaryFolder();
    const script = `printf 'K=piped\\n' | "$1" load --pool-dir "$2" /dev/stdin`;
    expect(shell(script, folder)).toMatchObject({ status: 0, stderr: '' });
    expect(get(folder)).toBe('piped\n');
  });
});

describe('a path that is not UTF-8', () => {
  const bad = `$(printf 'bad\\377')`;

  it.each([
    [`set --pool-dir "${bad}" K V`, 'hvkvp set: the path of --pool-dir is not valid UTF-8\n'],
    [`list --pool-dir "${bad}"`, 'hvkvp list: the path of --pool-dir is not valid UTF-8\n'],
    [`set --pool-dir . --state-dir "${bad}" K V`, 'hvkvp set: the path of --state-dir is not valid UTF-8\n'],
    [`doctor --config "${bad}"`, 'hvkvp doctor: the path of --config is not valid UTF-8\n'],
    [`load "${bad}"`, 'hvkvp load: the path of file is not valid UTF-8\n'],
    [`ip plan "${bad}"`, 'hvkvp ip plan: the path of file is not valid UTF-8\n'],
  ])('is refused, rather than another one written (hvkvp %s)', (words, stderr) => {
    const folder = temporaryFolder();
    expect(shell(`cd "$2"; exec "$1" ${words}`, folder)).toMatchObject({ status: 2, stderr });
    expect(readdirSync(folder)).toEqual([]);
  });

  it.each(['--config', '--device', '--pool-dir', '--state-dir', '--control-socket'])(
    'is refused by the daemon (%s)',
    (option) => {
      const folder = temporaryFolder();
      mkdirSync(join(folder, 'pools'));
      const script = `cd "$2"; exec '${join(programs, 'hv_kvp_daemon')}' -n --pool-dir pools ${option} "${bad}"`;
      const { status, stderr } = shell(script, folder);
      expect(stderr).toContain(`hv_kvp_daemon: the path of ${option} is not valid UTF-8\n`);
      expect(status).toBe(1);
      expect(readdirSync(folder)).toEqual(['pools']);
    },
  );
});

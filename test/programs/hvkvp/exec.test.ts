import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { encodeRecord } from '../../../src/pools/record.ts';
import { eventually } from '../../support/eventually.ts';
import { hvkvp, RunningHvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
let told: string;
beforeEach(() => {
  folder = temporaryFolder();
  told = join(folder, 'told');
  writeFileSync(told, '');
});

const run = (...words: readonly string[]) => hvkvp([...words, '--pool-dir', folder]);
const lines = (): readonly string[] => readFileSync(told, 'utf8').split('\n').slice(0, -1);

/** A program that notes its words and what it finds in its environment, a line each time. */
function program(more = ''): string {
  const path = join(folder, 'on change');
  const text = `#!/bin/sh
echo "begin" >> '${told}'
${more}
printf '%s|%s|%s|%s|%s\\n' "$*" "$HVKVP_CHANGE" "$HVKVP_POOL" "$HVKVP_KEY" "\${HVKVP_VALUE-$HVKVP_VALUE_BASE64}" >> '${told}'
exit 7
`;
  writeFileSync(path, text, { mode: 0o755 });
  return path;
}

/** A watch that is past its start. */
async function watching(...words: readonly string[]): Promise<RunningHvkvp> {
  const watch = new RunningHvkvp(['watch', '--json', '--pool', 'guest', ...words, '--pool-dir', folder]);
  expect(await watch.line()).toContain('"watching"');
  return watch;
}

describe('hvkvp watch --exec', () => {
  it('runs a program for each change of a key, which it finds in its environment', async () => {
    const watch = await watching('--exec', `'${program()}' "a word" \\$HOME`);
    const hostile = '$(touch oops); `touch oops` "\'';
    run('set', 'Key', hostile);
    expect(await watch.line()).toBe(
      JSON.stringify({ change: 'added', pool: 'guest', key: 'Key', value: hostile, status: 7 }),
    );
    run('delete', 'Key');
    expect(await watch.line()).toContain('"removed"');
    expect(lines()).toEqual([
      ...['begin', `a word $HOME|added|guest|Key|${hostile}`],
      ...['begin', `a word $HOME|removed|guest|Key|${hostile}`],
    ]);
  });

  it('runs one at a time, and tells afterwards what has changed meanwhile', async () => {
    const watch = await watching('Key*', '--exec', `'${program('sleep 0.3')}'`);
    for (const value of ['1', '2', '3']) run('set', 'Key', value);
    run('set', 'Other', 'x');
    await eventually(() => lines().at(-1) === '|changed|guest|Key|3' || lines().at(-1) === '|added|guest|Key|3');
    expect(lines().filter((_, index) => index % 2 === 0)).toEqual(lines().filter((line) => line === 'begin'));
    expect(lines().join()).not.toContain('Other');
    watch.process.kill('SIGTERM');
  });

  it('gives what is not UTF-8 in base 64', async () => {
    const watch = await watching('--exec', `'${program()}'`);
    writeFileSync(join(folder, '.kvp_pool_1'), encodeRecord(Buffer.from('Key'), Buffer.of(0xff, 0x41)));
    expect(await watch.line()).toContain('"value_base64":"/0E="');
    expect(lines()).toEqual(['begin', '|added|guest|Key|/0E=']);
  });

  it('asks a shell only if it is told to', async () => {
    const watch = await watching('--shell', '--exec', `echo "$HVKVP_KEY" | tr a-z A-Z > '${told}'`);
    run('set', 'Key', '1');
    expect(await watch.line()).toContain('"status":0');
    expect(lines()).toEqual(['KEY']);
  });

  it('says which command failed, and goes on', () => {
    const watch = new RunningHvkvp(['watch', '--pool', 'guest', '--exec', `'${program()}'`, '--pool-dir', folder]);
    let errors = '';
    watch.process.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
    return eventually(() => {
      run('append', 'Key', '1');
      return /^(hvkvp watch: the command ended with status 7, for 'Key' in pool guest\n){2}/.test(errors);
    });
  });

  it('ends the command that runs, and then itself, when it is told to end', async () => {
    const watch = await watching('--exec', `'${program('exec sleep 60')}'`);
    run('set', 'Key', '1');
    await eventually(() => lines().length === 1);
    watch.process.kill('SIGTERM');
    const [status] = (await once(watch.process, 'exit')) as [number | null];
    expect(status).toBe(0);
    expect(lines()).toEqual(['begin']);
  });

  it('ends with status 3 if there is no such program', async () => {
    const watch = await watching('--exec', '/nonexistent/program');
    run('set', 'Key', '1');
    const [status] = (await once(watch.process, 'exit')) as [number | null];
    expect(status).toBe(3);
  });

  it.each([
    ["'unclosed", "the command has a ' that is not closed: 'unclosed"],
    ['  ', 'the command is empty'],
  ])('refuses %j', (command, text) => {
    expect(run('watch', '--exec', command)).toEqual({ status: 2, stdout: '', stderr: `hvkvp watch: ${text}\n` });
  });
});

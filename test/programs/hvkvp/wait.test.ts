import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { record } from '../../unit/pools/support/open-pool.ts';
import { hvkvp, RunningHvkvp } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  writeFileSync(join(folder, '.kvp_pool_0'), record('Phase', 'one'));
});

const run = (...words: readonly string[]) => hvkvp([...words, '--pool-dir', folder]);
const tell = (...words: readonly string[]) => run(...words, '--pool', 'external');

/** A wait that has begun, with what it prints and its status. */
async function waiting(...words: readonly string[]) {
  const wait = new RunningHvkvp(['wait', ...words, '--pool-dir', folder]);
  const ended = once(wait.process, 'exit') as Promise<[number | null]>;
  // It says nothing; whoever changes a key before it has looked sees a wait that goes on, and fails by its time-out.
  await new Promise((resolve) => setTimeout(resolve, 2000));
  return { line: async () => await wait.line(), status: async () => (await ended)[0] };
}

describe('hvkvp wait', () => {
  it('waits for a value with --value', async () => {
    expect(run('wait', 'Phase', '--value', 'one').stdout).toBe('one\n');
    const wait = await waiting('Phase', '--value', 'three', '--json');
    tell('set', 'Phase', 'two');
    tell('set', 'Phase', 'three');
    expect(await wait.line()).toBe('{"pool":"external","key":"Phase","value":"three"}');
    expect(await wait.status()).toBe(0);
  });

  it('waits for another value with --changed', async () => {
    const wait = await waiting('P*', '--changed');
    tell('set', 'Other', 'x');
    tell('set', 'Phase', 'two');
    expect(await wait.line()).toBe('two');
  });

  it('waits until a key is gone with --gone', async () => {
    expect(run('wait', 'Nobody', '--gone', '--json').stdout).toBe('{"key":"Nobody","gone":true}\n');
    const wait = await waiting('Phase', '--gone');
    tell('delete', 'Phase');
    expect(await wait.status()).toBe(0);
    expect(await wait.line()).toBeUndefined();
  });

  it.each([
    [['--value', 'two'], "the key 'Phase' does not have that value after 0.2 s"],
    [['--changed'], "the key 'Phase' has not changed after 0.2 s"],
    [['--gone'], "the key 'Phase' is still there after 0.2 s"],
  ])('ends with status 4 when the time is up: %s', (words, text) => {
    expect(run('wait', 'Phase', ...words, '--timeout', '200ms')).toEqual({
      status: 4,
      stdout: '',
      stderr: `hvkvp wait: ${text}\n`,
    });
  });

  it('takes one of them', () => {
    expect(run('wait', 'Phase', '--gone', '--changed')).toMatchObject({ status: 2, stdout: '' });
    expect(run('wait', 'Phase', '--gone', '--value', 'x')).toMatchObject({ status: 2, stdout: '' });
  });

  it('waits for the parts of a long value until no more come', async () => {
    const wait = await waiting('Config', '--chunk', 'ignition', '--settle', '4s');
    tell('set', 'Config.0', 'first ');
    tell('set', 'Config.1', 'second ');
    tell('set', 'Config.2', 'third');
    expect(await wait.line()).toBe('first second third');
  });

  it('takes times with units', () => {
    for (const time of ['1s', '0.5m', '1h', '2d', '100']) {
      expect(run('wait', 'Phase', '--timeout', time)).toMatchObject({ status: 0, stdout: 'one\n' });
    }
  });
});

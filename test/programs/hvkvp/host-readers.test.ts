import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Ended, hvkvp, type RunOptions } from '../../support/hvkvp.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { contentsOf, record } from '../../unit/pools/support/open-pool.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const run = (words: readonly string[], options?: RunOptions): Ended => hvkvp([...words, '--pool-dir', folder], options);
const guestPool = (): string => join(folder, '.kvp_pool_1');

describe('what programs of hosts cannot read', () => {
  it.each([
    ['set', ['set', 'mood', 'fine']],
    ['append', ['append', 'mood', 'fine']],
    ['load', ['load', '-']],
    ['load --append', ['load', '-', '--append']],
  ])('is warned of by %s: a key that differs from another in case only', (command, words) => {
    writeFileSync(guestPool(), record('Mood', 'good'));
    const { status, stderr } = run(words, { input: 'mood=fine\n' });
    expect(stderr).toMatch(/^hvkvp \w+: .*the pool has the key 'Mood' too, which differs from 'mood' only in case/);
    expect(stderr).toContain('PowerShell');
    expect(stderr.includes('line 1: ')).toBe(command.startsWith('load'));
    expect(status).toBe(0);
    expect(contentsOf(guestPool())).toEqual(['Mood=good', 'mood=fine']);
  });

  it('is not warned of where a key is written once more, or where the other one goes', () => {
    writeFileSync(guestPool(), record('Mood', 'good'));
    expect(run(['set', 'Mood', 'fine']).stderr).toBe('');
    expect(run(['load', '-', '--replace'], { input: 'mood=fine\n' }).stderr).toBe('');
    expect(run(['load', '-'], { input: 'straße=1\nSTRASSE=2\n' }).stderr).toBe('');
  });

  it.each([
    ['a bell in a value', 'key', 'a\u0007', 'the value has the control character U+0007'],
    ['an escape in a key', 'k\u001b[1m', 'v', 'the key has the control character U+001B'],
    ['DEL', 'key', '\u007f', 'the value has the control character U+007F'],
    ['one beyond ASCII', 'key', '\u009b', 'the value has the control character U+009B'],
  ])('is refused, unless --unsafe is given: %s', (_, key, value, text) => {
    const json = JSON.stringify({ key, value });
    for (const words of [
      ['set', key, value],
      ['append', key, value],
      ['load', '-'],
    ]) {
      const { status, stderr } = run(words, { input: json });
      expect(stderr).toContain(text);
      expect(stderr).toContain('hosts');
      expect(status).toBe(2);
      expect(run(['dump']).stdout).toBe('');
    }
    expect(run(['set', key, value, '--unsafe'])).toMatchObject({ status: 0, stderr: '' });
    expect(run(['load', '-', '--unsafe'], { input: json })).toMatchObject({ status: 0, stderr: '' });
    expect(JSON.parse(run(['dump']).stdout)).toMatchObject({ key, value });
  });

  it('is refused in parts too', () => {
    const { status, stderr } = run(['set', 'Config', '-', '--chunk', 'ignition'], { input: 'a\u0007' });
    expect(stderr).toContain('U+0007');
    expect(status).toBe(2);
    // As JSON it is carried by escapes.
    expect(run(['set', 'Config', '-', '--chunk', 'cloud-init'], { input: 'a\u0007' }).status).toBe(0);
  });

  it.each(['\ufffe', '\uffff'])('is warned of: U+FFFE and U+FFFF (%j)', (character) => {
    const { status, stderr } = run(['set', 'key', `a${character}`]);
    expect(stderr).toMatch(/^hvkvp set: the value has U\+FFF[EF], which XML cannot contain/);
    expect(status).toBe(0);
  });

  it('is warned of: a carriage return, which XML turns into a line feed', () => {
    const { status, stderr } = run(['set', 'key', 'one\r\ntwo']);
    expect(stderr).toBe('hvkvp set: the value has a carriage return, which programs on hosts replace by a line feed\n');
    expect(status).toBe(0);
  });

  it('are not tab, line feed and characters of every script', () => {
    expect(run(['set', 'key', 'a\tb\nc 日本語 👋'])).toMatchObject({ status: 0, stderr: '' });
  });

  it('is told by load for the first twenty records, then counted', () => {
    const input = Array.from({ length: 50 }, (_, at) => `key${at}=a\uffff\n`).join('');
    const { stderr } = run(['load', '-'], { input });
    expect(stderr.trimEnd().split('\n')).toHaveLength(21);
    expect(stderr).toContain('and 30 more');
  });

  it('is counted by info, with duplicates', () => {
    writeFileSync(
      guestPool(),
      Buffer.concat([
        ...[record('Mood', '1'), record('mood', '2'), record('MOOD', '3'), record('Mood', '4')],
        ...[record('bell', 'a\u0007'), record('odd\ufffe', ''), record('fine', 'a\tb\n')],
      ]),
    );
    const { stdout } = run(['info', 'guest']);
    expect(stdout).toContain(
      'guest: 1 record with the key of an earlier record: PowerShell and azure-init take the last, openvmm and hvkvp get the first',
    );
    expect(stdout).toContain('guest: 2 keys differing from another only in case');
    expect(stdout).toContain('guest: 2 records with a control character, U+FFFE or U+FFFF');
    expect(JSON.parse(run(['info', 'guest', '--json']).stdout)).toMatchObject([
      { duplicates: 1, same_but_for_case: 2, not_in_xml: 2, changed_by_driver: 0 },
    ]);
  });

  it('are more keys than azure-init takes, counted by info in its own pool', () => {
    const pool = (count: number): Buffer =>
      Buffer.concat([record('key0', 'again'), ...Array.from({ length: count }, (_, at) => record(`key${at}`, ''))]);
    writeFileSync(guestPool(), pool(1024));
    expect(run(['info', 'guest']).stdout).not.toContain('different names');
    writeFileSync(guestPool(), pool(1025));
    expect(run(['info', 'guest']).stdout).toContain(
      'guest: 1025 keys of different names: azure-init takes no new one beyond 1,024',
    );
  });

  it('are records of more bytes than surely reach the host, counted by info', () => {
    const records = [record('fits', 'x'.repeat(1022)), record('long', 'x'.repeat(1023)), record('k'.repeat(255), '')];
    writeFileSync(guestPool(), Buffer.concat(records));
    expect(run(['info', 'guest']).stdout).toContain(
      'guest: 2 records with a key beyond 254 or a value beyond 1022 bytes: the host may see the first part only',
    );
    expect(JSON.parse(run(['info', 'guest', '--json']).stdout)).toMatchObject([{ too_long: 2 }]);
  });
});

import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { PoolNumber } from '../../../src/message/pool.ts';
import { record } from '../../unit/pools/support/open-pool.ts';
import { hvkvp, RunningHvkvp } from '../../support/hvkvp.ts';
import { servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';

let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
});

const place = (): string[] => ['--pool-dir', folder];

describe('hvkvp watch', () => {
  it('prints changes as they happen', async () => {
    const watch = new RunningHvkvp(['watch', '--json', ...place()]);
    expect(await watch.line()).toBe(
      '{"change":"watching","pools":["external","guest","auto-external","auto-internal"]}',
    );
    hvkvp(['set', 'Owner', 'Grace', ...place()]);
    expect(await watch.line()).toBe('{"change":"created","pool":"guest"}');
    expect(await watch.line()).toBe('{"change":"added","pool":"guest","key":"Owner","value":"Grace"}');
    hvkvp(['set', 'Owner', 'Ada', ...place()]);
    expect(await watch.line()).toBe('{"change":"changed","pool":"guest","key":"Owner","value":"Ada"}');
    hvkvp(['delete', 'Owner', ...place()]);
    expect(await watch.line()).toBe('{"change":"removed","pool":"guest","key":"Owner","value":"Ada"}');
  });

  it('prints those of one key, a line each', async () => {
    writeFileSync(join(folder, '.kvp_pool_0'), record('Owner', 'Grace'));
    const watch = new RunningHvkvp(['watch', 'Owner', '--pool', '0', ...place()]);
    const line = watch.line();
    // It does not say that it watches; a change that comes before is no change for it.
    for (let told = false, round = 0; !told; round += 1) {
      hvkvp(['set', 'Other', String(round), '--pool', '0', ...place()]);
      hvkvp(['set', 'Owner', `Ada ${round}`, '--pool', '0', ...place()]);
      told = await Promise.race([
        line.then(() => true),
        new Promise<false>((resolve) => setTimeout(resolve, 50, false)),
      ]);
    }
    expect(await line).toMatch(/^changed {3}external {2}Owner = Ada \d+$/);
  });
});

describe('hvkvp wait', () => {
  it('prints the value of a key that is there', () => {
    writeFileSync(join(folder, '.kvp_pool_0'), record('Owner', 'Grace'));
    expect(hvkvp(['wait', 'Owner', ...place()])).toEqual({ status: 0, stdout: 'Grace\n', stderr: '' });
  });

  it('ends with status 4 when the time is up', () => {
    expect(hvkvp(['wait', 'Owner', '--timeout', '0.2', ...place()])).toEqual({
      status: 4,
      stdout: '',
      stderr: "hvkvp wait: no pool has the key 'Owner' after 0.2 s\n",
    });
  });

  it.each(['-1', 'soon', '1e3', '', '5x', '5 m', '24d', 'm'])('ends with status 2 for a time of %j', (timeout) => {
    expect(hvkvp(['wait', 'Owner', `--timeout=${timeout}`, ...place()])).toMatchObject({ status: 2, stdout: '' });
  });
});

describe('beside a daemon that serves a host', () => {
  it('waits until the host has set a key', async () => {
    const { host, pools } = await servedHost('linux');
    const wait = new RunningHvkvp(['wait', 'Owner', '--pool-dir', pools]);
    await host.set(PoolNumber.external, 'Owner', 'Grace Hopper');
    expect(await wait.line()).toBe('Grace Hopper');
    if (wait.process.exitCode === null) await once(wait.process, 'exit');
    expect(wait.process.exitCode).toBe(0);
  });

  it('host and command see at once what the other one writes', async () => {
    const { host, pools } = await servedHost('linux');
    const run = (...words: readonly string[]) => hvkvp([...words, '--pool-dir', pools]);
    await host.set(PoolNumber.guest, 'key', 'host');
    expect(run('get', 'key', '--pool', 'guest').stdout).toBe('host\n');
    for (let round = 0; round < 3; round += 1) {
      expect(run('set', 'key', `guest ${round}`).status).toBe(0);
      expect((await host.get(PoolNumber.guest, 'key')).value).toBe(`guest ${round}`);
      await host.set(PoolNumber.guest, 'key', `host ${round}`);
      expect(run('get', 'key', '--pool', 'guest').stdout).toBe(`host ${round}\n`);
    }
    run('append', 'key', 'second');
    expect((await host.enumerate(PoolNumber.guest)).records.map(({ value }) => value)).toEqual(['host 2', 'second']);
    run('delete', 'key');
    expect((await host.enumerate(PoolNumber.guest)).records).toEqual([]);
    run('set', 'new', '1');
    run('clear');
    expect((await host.get(PoolNumber.guest, 'new')).status).not.toBe(0);
  });
});

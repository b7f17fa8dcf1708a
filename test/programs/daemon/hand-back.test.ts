import { spawnSync } from 'node:child_process';
import {
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { poolNumbers } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { startSimulator } from '../../../src/simulator/simulator.ts';
import { DaemonProcess } from '../../support/daemon-process.ts';
import { helperOf, surroundings, type Surroundings, user } from '../../support/given-up-rights.ts';
import { installedPackage } from '../../support/installed-package.ts';
import { poolFile } from '../../support/served-host.ts';

function handBack(folder: string, { words }: Surroundings) {
  return spawnSync(join(folder, 'dist/bin/hyperv-kvp-helper'), ['hand-back', ...words], { encoding: 'utf8' });
}

function ownerOf(path: string): readonly [number, number] {
  const { uid, gid } = lstatSync(path);
  return [uid, gid];
}

/** "" for a process that has ended, perhaps without its parent's notice. */
function commandOf(pid: number): string {
  return existsSync(`/proc/${pid}`) ? readFileSync(`/proc/${pid}/cmdline`, 'utf8') : '';
}

const roots = [0, 0] as const;
const journals = (given: Surroundings): string => join(given.pools, '.hyperv-kvp');

describe('a package that goes', () => {
  it('undoes a change of addresses that was cut off, or says why it cannot', () => {
    const given = surroundings();
    const record = join(journals(given), 'ip-injection.json');
    mkdirSync(journals(given), { recursive: true, mode: 0o700 });
    writeFileSync(record, '{}', { mode: 0o600 });
    const { status, stderr } = handBack(installedPackage(), given);
    expect(stderr).toContain(`${record} is not a valid record: moved aside`);
    expect(status).toBe(0);
    expect(existsSync(record)).toBe(false);
  });

  it('ends a daemon that was started by hand and its helper, and leaves its user nothing in configured folders', async () => {
    const folder = installedPackage();
    const given = surroundings();
    const simulator = startSimulator({ system: 'linux', path: join(given.folder, 'device') });
    const daemon = new DaemonProcess(given.words, {}, [join(folder, 'dist/bin/hv_kvp_daemon')]);
    try {
      await daemon.living(simulator.host.negotiate());
      expect(await daemon.living(simulator.host.set(0, 'password', 'secret'))).toEqual({ status: Status.ok });
    } finally {
      simulator.close();
    }
    const helper = helperOf(daemon);
    expect(ownerOf(poolFile(given, 0))[0]).toBe(user.uid);

    expect(handBack(folder, given)).toMatchObject({ status: 0, stderr: '' });
    expect(await daemon.ended()).toBe(0);
    expect(commandOf(helper)).toBe('');
    const files = poolNumbers.map((pool) => poolFile(given, pool));
    for (const path of [given.pools, journals(given), ...files]) expect(ownerOf(path), path).toEqual(roots);
    const left = spawnSync('find', [given.pools, '-uid', String(user.uid), '-o', '-gid', String(user.gid)]);
    expect(String(left.stdout)).toBe('');
  });

  it('gives nothing away that a link leads to, and changes nothing that is not its user’s', () => {
    const given = surroundings();
    mkdirSync(journals(given), { recursive: true });
    chownSync(journals(given), user.uid, user.gid);
    const other = join(given.folder, 'other');
    writeFileSync(other, '');
    chownSync(other, user.uid, user.gid);
    symlinkSync(other, join(journals(given), 'link'));
    const neighbours = poolFile(given, 1);
    writeFileSync(neighbours, '');
    chownSync(neighbours, 61_001, user.gid);
    linkSync(neighbours, join(journals(given), 'name'));

    expect(handBack(installedPackage(), given)).toMatchObject({ status: 0, stderr: '' });
    expect(ownerOf(other)).toEqual([user.uid, user.gid]);
    expect(ownerOf(neighbours)).toEqual([61_001, 0]);
    expect(ownerOf(journals(given))).toEqual(roots);
  });

  it('has nothing to do where nothing was made', () => {
    expect(handBack(installedPackage(), surroundings())).toMatchObject({ status: 0, stderr: '' });
  });
});

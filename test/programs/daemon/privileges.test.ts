import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { askStatus } from '../../../src/control/client.ts';
import { poolNumbers } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { eventually } from '../../support/eventually.ts';
import {
  configureUser,
  helperOf,
  rootlessHost,
  statusField,
  surroundings,
  user,
} from '../../support/given-up-rights.ts';
import { hvkvp } from '../../support/hvkvp-process.ts';
import { poolFile } from '../../support/served-host.ts';
import { firstPool } from '../../support/first-pool.ts';

const ok = { status: Status.ok };
const failed = { status: Status.fail };
const none = '0000000000000000';
const permissions = 0o777;

/** Owner and mode. */
function access(path: string): readonly [number, number] {
  const { uid, mode } = lstatSync(path);
  return [uid, mode & permissions];
}

describe('a daemon that was started as root', () => {
  it('is of another user in every thread, without groups, capabilities and a way back', async () => {
    const { daemon } = await rootlessHost();
    const { uid, gid } = user;
    expect(statusField(daemon.pid, 'Uid')).toBe([uid, uid, uid, uid].join('\t'));
    expect(statusField(daemon.pid, 'Gid')).toBe([gid, gid, gid, gid].join('\t'));
    expect(statusField(daemon.pid, 'Groups').trim()).toBe(String(gid));
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) expect(statusField(daemon.pid, set), set).toBe(none);
    expect(statusField(daemon.pid, 'NoNewPrivs')).toBe('1');
  });

  it('ends where only root may open the device again and the helper may not: a supervisor starts it again', async () => {
    const { daemon, host, simulator } = await rootlessHost(surroundings(), {}, 'freebsd');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    simulator.rescind();
    await daemon.logged('device closed by the driver');
    simulator.offer();
    expect(await daemon.ended()).toBe(1);
    expect(daemon.lines.join('\n')).toMatch(/error: ending so that the supervisor starts it again: EACCES/);
  });

  it('leaves root to a helper of another name, which ends with it', async () => {
    const { daemon } = await rootlessHost();
    const helper = helperOf(daemon);
    expect(readFileSync(`/proc/${daemon.pid}/comm`, 'utf8')).toBe('hv_kvp_daemon\n');
    expect(readFileSync(`/proc/${helper}/comm`, 'utf8')).toMatch(/^hyperv-kvp-help/);
    expect(readFileSync(`/proc/${helper}/cmdline`, 'utf8')).not.toContain('hv_kvp_daemon');
    daemon.process.kill('SIGKILL');
    await daemon.ended();
    await eventually(() => !existsSync(`/proc/${helper}`));
  });

  it('serves from files that are its own in folders that are root’s', async () => {
    const { host, pools } = await rootlessHost();
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'value' });
    for (const pool of poolNumbers) expect(access(poolFile({ pools }, pool))).toEqual([user.uid, 0o644]);
    expect(access(pools)).toEqual([0, 0o755]);
    expect(access(join(pools, '.hyperv-kvp'))).toEqual([0, 0o750]);
    expect(access(firstPool(pools).journalPath)).toEqual([user.uid, 0o600]);
  });

  it('survives that the host withdraws the service and offers it with a fresh device', async () => {
    const { host, simulator, folder } = await rootlessHost();
    for (let round = 0; round < 5; round += 1) {
      simulator.rescind();
      simulator.offer();
      chmodSync(join(folder, 'device'), 0o600);
      await simulator.daemonConnected();
      expect(await host.set(0, 'round', String(round))).toEqual(ok);
    }
    expect(access(join(folder, 'device'))[0]).toBe(0);
  });

  it('is given a pool that was removed, one that root made anew, and one that root closed', async () => {
    const served = await rootlessHost(surroundings('[pools]\nfile_mode = "0640"\n'));
    const { host } = served;
    const file = poolFile(served, 1);
    await host.set(1, 'key', 'value');
    rmSync(file);
    expect(await host.set(1, 'removed', 'value')).toEqual(ok);
    expect(access(file)).toEqual([user.uid, 0o640]);
    rmSync(file);
    writeFileSync(file, '', { mode: 0o644 });
    expect(await host.set(1, 'made anew', 'value')).toEqual(ok);
    expect(access(file)).toEqual([user.uid, 0o644]);
    rmSync(file);
    writeFileSync(file, '', { mode: 0o600 });
    expect(await host.set(1, 'closed', 'value')).toEqual(ok);
    expect(access(file)).toEqual([user.uid, 0o600]);
  });

  it('works in a folder that root keeps closed, which is opened to it alone', async () => {
    const given = surroundings('[pools]\nfile_mode = "0600"\n');
    mkdirSync(given.pools, { mode: 0o700 });
    const { host, pools } = await rootlessHost(given);
    expect(await host.set(0, 'secret', 'value')).toEqual(ok);
    expect(access(pools)).toEqual([0, 0o750]);
    expect(statSync(pools).gid).toBe(user.gid);
    expect(access(poolFile({ pools }, 0))).toEqual([user.uid, 0o600]);
  });

  it('takes over the pools and the pending journal of one that was root', async () => {
    const given = surroundings();
    configureUser(given, '');
    const before = await rootlessHost(given);
    await before.host.set(0, 'key', 'value');
    await before.daemon.terminate();
    before.simulator.close();
    expect(access(firstPool(given.pools).journalPath)[0]).toBe(0);
    configureUser(given);
    const { host } = await rootlessHost(given);
    expect(await host.set(0, 'key', 'new')).toEqual(ok);
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'new' });
    expect(access(firstPool(given.pools).journalPath)[0]).toBe(user.uid);
  });

  it('takes the place of the control socket that one has left who was root, and was killed', async () => {
    const given = surroundings();
    const path = join(given.folder, 'run/control');
    configureUser(given, '');
    const before = await rootlessHost(given);
    await eventually(() => existsSync(path));
    before.daemon.process.kill('SIGKILL');
    await before.daemon.ended();
    before.simulator.close();
    expect(access(path)).toEqual([0, 0o600]);
    configureUser(given);
    const { daemon } = await rootlessHost(given);
    await eventually(() => existsSync(path));
    expect((await askStatus({ path })).pid).toBe(daemon.pid);
  });

  it('saves the end that a neighbour left, in a file of its own', async () => {
    const served = await rootlessHost();
    await served.host.set(0, 'key', 'value');
    writeFileSync(poolFile(served, 0), 'ragged', { flag: 'a' });
    expect(await served.host.set(0, 'other', 'value')).toEqual(ok);
    const tail = `${firstPool(served.pools).tailPath}-1`;
    expect(access(tail)).toEqual([user.uid, 0o600]);
    expect(readFileSync(tail, 'utf8')).toBe('ragged');
  });

  it('shares the pools with hvkvp as root', async () => {
    const served = await rootlessHost();
    await served.host.set(0, 'key', 'value');
    expect((await hvkvp(['set', '--pool-dir', served.pools, '--pool', 'external', 'key', 'from root'])).status).toBe(0);
    expect(await served.host.get(0, 'key')).toEqual({ ...ok, value: 'from root' });
    expect(access(poolFile(served, 0))[0]).toBe(user.uid);
  });

  it('can be asked how it does by root', async () => {
    const { folder, daemon } = await rootlessHost();
    const path = join(folder, 'run/control');
    await eventually(() => existsSync(path));
    expect((await askStatus({ path })).pid).toBe(daemon.pid);
    expect(access(path)).toEqual([user.uid, 0o600]);
  });

  it('cannot write where root alone may', async () => {
    const { daemon, pools } = await rootlessHost();
    const inside = (command: string): number | null =>
      spawnSync('setpriv', [
        ...[`--reuid=${user.uid}`, `--regid=${user.gid}`, '--clear-groups', '--no-new-privs', '--inh-caps=-all'],
        ...['nsenter', '--target', String(daemon.pid), 'sh', '-c', command],
      ]).status;
    expect(inside('echo planted > /etc/hyperv-kvp-planted')).not.toBe(0);
    expect(inside(`ln -s /etc/passwd ${pools}/planted`)).not.toBe(0);
    expect(inside(`ln -s /etc/passwd ${pools}/.hyperv-kvp/planted`)).not.toBe(0);
    expect(existsSync('/etc/hyperv-kvp-planted')).toBe(false);
  });
});

describe('what stands in the place of a pool', () => {
  it.each([
    [
      'a symbolic link',
      (file: string, target: string) => {
        symlinkSync(target, file);
      },
    ],
    [
      'a hard link',
      (file: string, target: string) => {
        linkSync(target, file);
      },
    ],
    [
      'a FIFO',
      (file: string) => {
        spawnSync('mkfifo', ['-m', '600', file]);
      },
    ],
    [
      'a file of somebody else',
      (file: string) => {
        writeFileSync(file, '', { mode: 0o600 });
        chownSync(file, 12_345, 12_345);
      },
    ],
  ])('is not given away if it is %s', async (_, plant) => {
    const served = await rootlessHost();
    await served.host.set(1, 'key', 'value');
    const file = poolFile(served, 1);
    const target = join(served.folder, 'secret');
    writeFileSync(target, 'secret', { mode: 0o600 });
    rmSync(file);
    plant(file, target);
    const before = access(file);
    expect(await served.host.set(1, 'key', 'value')).toEqual(failed);
    expect(access(file)).toEqual(before);
    expect(access(target)).toEqual([0, 0o600]);
    expect(readFileSync(target, 'utf8')).toBe('secret');
    expect(await served.host.set(0, 'key', 'value')).toEqual(ok);
  });
});

describe('a helper in trouble', () => {
  it('that died costs what needs it, and one line of the log', async () => {
    const served = await rootlessHost();
    await served.host.set(0, 'key', 'value');
    process.kill(helperOf(served.daemon), 'SIGKILL');
    await served.daemon.logged('does not answer');
    rmSync(poolFile(served, 1));
    for (let round = 0; round < 3; round += 1) expect(await served.host.set(1, 'key', 'value')).toEqual(failed);
    expect(await served.host.set(0, 'key', 'new')).toEqual(ok);
    expect(served.daemon.lines.filter((line) => line.includes('does not answer'))).toHaveLength(1);
  });

  it('that hangs is waited for once, and used again when it goes on', async () => {
    const served = await rootlessHost();
    await served.host.set(0, 'key', 'value');
    const helper = helperOf(served.daemon);
    process.kill(helper, 'SIGSTOP');
    rmSync(poolFile(served, 1));
    expect(await served.host.set(1, 'key', 'value')).toEqual(failed);
    const begun = performance.now();
    expect(await served.host.set(1, 'key', 'value')).toEqual(failed);
    expect(await served.host.get(0, 'key')).toEqual({ ...ok, value: 'value' });
    expect(performance.now() - begun).toBeLessThan(2900);
    process.kill(helper, 'SIGCONT');
    await expect
      .poll(async () => await served.host.set(1, 'key', 'value'), { timeout: 30_000, interval: 500 })
      .toEqual(ok);
  }, 60_000);
});

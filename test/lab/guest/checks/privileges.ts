import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { appendFile, chmod, readFile, rm, stat } from 'node:fs/promises';
import { PoolNumber, poolNumbers } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from './eventually.ts';
import { checkChangeAndBack } from './ip-injection.ts';
import type { Lab } from './lab.ts';
import { poolDirectory, poolFile } from './pool-file.ts';
import { assertServes } from './question.ts';

const user = { name: 'hyperv-kvp', uid: 990 };
const device = '/dev/vmbus/hv_kvp';
const rounds = 5;
const ok = { status: Status.ok };

/** Started as root where its user is there, the daemon gives root's rights up, and lacks nothing. */
export async function checkPrivileges(lab: Lab): Promise<void> {
  await lab.check('a daemon that finds its user serves as that user, without a capability', async () => {
    await appendFile('/etc/passwd', `${user.name}:x:${user.uid}:${user.uid}::/nonexistent:/usr/sbin/nologin\n`);
    await lab.stopDaemon();
    lab.startDaemon();
    await assertServes(lab);
    const status = await readFile(`/proc/${lab.daemon.pid ?? ''}/status`, 'utf8');
    const ids = Array(4).fill(user.uid).join('\t');
    for (const line of [`Uid:\t${ids}`, `Gid:\t${ids}`, 'NoNewPrivs:\t1']) {
      assert.ok(status.includes(`${line}\n`), status);
    }
    assert.match(status, new RegExp(`^Groups:\\s*${user.uid}\\s*$`, 'm'));
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapAmb']) {
      assert.match(status, new RegExp(`^${set}:\\t0{16}$`, 'm'));
    }
  });

  await lab.check('there is one process of the daemon’s name', async () => {
    const pids = execFileSync('pgrep', ['-x', 'hv_kvp_daemon'], { encoding: 'utf8' }).trim().split('\n');
    assert.deepEqual(pids, [String(lab.daemon.pid)]);
    await assertServes(lab);
  });

  await lab.check('from inside, /etc, the pools’ folder and the device cannot be written to', async () => {
    await chmod(device, ownerOnly);
    for (const path of ['/etc/planted', `${poolDirectory}/planted`, '/var/lib/hyperv-kvp/planted', device]) {
      assert.notEqual(inside(lab, `echo planted > ${path}`), 0, path);
    }
    // It was root's before; the first change has it handed over.
    assert.deepEqual(await lab.host.set(PoolNumber.guest, 'key', 'value'), ok);
    assert.equal(inside(lab, `: >> ${poolFile(PoolNumber.guest)}`), 0);
  });

  for (let round = 1; round <= rounds; round += 1) {
    await lab.check(`the service is withdrawn and offered with a device of root’s alone, round ${round}`, async () => {
      await lab.channel.withdraw();
      await lab.channel.offer();
      await assertServes(lab);
      const { uid, gid, mode } = await stat(device);
      assert.deepEqual([uid, gid, mode & permissions], [0, 0, ownerOnly]);
    });
  }

  await lab.check('a pool that was removed is made anew, and stays the daemon’s', async () => {
    for (const pool of poolNumbers) await rm(poolFile(pool));
    assert.deepEqual(await lab.host.set(PoolNumber.guest, 'key', 'value'), ok);
    const { uid } = await stat(poolFile(PoolNumber.guest));
    assert.equal(uid, user.uid);
    assert.equal((await stat(poolDirectory)).uid, 0);
    assert.deepEqual(await lab.host.delete(PoolNumber.guest, 'key'), ok);
  });

  await checkChangeAndBack(lab);

  await lab.check('the helper ends with the daemon', async () => {
    await lab.stopDaemon();
    await eventually(() => {
      assert.equal(spawnSync('pgrep', ['-f', 'hyperv-kvp-helper']).status, 1);
    });
    lab.startDaemon();
    await assertServes(lab);
  });
}

const permissions = 0o777;
const ownerOnly = 0o600;

/** The status of a command of the daemon's user in the daemon's namespaces. */
function inside(lab: Lab, command: string): number | null {
  const namespaces = ['--target', String(lab.daemon.pid), '--mount', '--net', '--ipc', '--uts'];
  const identity = [`--reuid=${user.uid}`, `--regid=${user.uid}`, '--clear-groups', '--no-new-privs'];
  return spawnSync('nsenter', [...namespaces, 'setpriv', ...identity, 'sh', '-c', command]).status;
}

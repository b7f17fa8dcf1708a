import assert from 'node:assert/strict';
import { readFile, rm, stat } from 'node:fs/promises';
import { PoolNumber, poolNumbers } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { poolDirectory, poolFile } from '../../guest/checks/pool-file.ts';
import { type Lab, property, shell, unit } from './lab.ts';
import { checkManager, networkd } from './network.ts';

const helperUnit = 'hyperv-kvp-helper.service';
const device = '/dev/vmbus/hv_kvp';
const ok = { status: Status.ok };
const rounds = 5;
/** The helper ends when it was idle for a minute. */
const idleMs = 90_000;

/** Whose rights the service has, and that it lacks nothing. */
export async function checkPrivileges(lab: Lab): Promise<void> {
  await lab.check('the daemon is a user of its own, without a capability and a way to gain one', async () => {
    const status = await readFile(`/proc/${await property('MainPID')}/status`, 'utf8');
    const [uid, gid] = [await shell('id -u hyperv-kvp'), await shell('id -g hyperv-kvp')];
    assert.notEqual(uid, '0');
    const lines = [`Uid:\t${fourTimes(uid)}`, `Gid:\t${fourTimes(gid)}`, 'NoNewPrivs:\t1', 'Seccomp:\t2'];
    const none = '0'.repeat(sixtyFourBits);
    for (const set of ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']) lines.push(`${set}:\t${none}`);
    for (const line of lines) assert.ok(status.includes(`${line}\n`), `${line} is not in\n${status}`);
    assert.match(status, new RegExp(`^Groups:\\s*${gid}\\s*$`, 'm'));
  });

  await lab.check('from inside, neither /etc nor the folders of the pools and journals can be written to', async () => {
    for (const path of ['/etc/planted', `${poolDirectory}/planted`, '/var/lib/hyperv-kvp/planted', '/usr/planted']) {
      await assert.rejects(inside(`echo planted > ${path}`), /Permission denied|Read-only file system/, path);
    }
    await inside(`: >> ${poolFile(PoolNumber.guest)}`);
  });

  await lab.check('the daemon’s own rights keep it out of /etc, be it writable or not', async () => {
    const identity = '--reuid=hyperv-kvp --regid=hyperv-kvp --clear-groups --no-new-privs --bounding-set=-all';
    await assert.rejects(shell(`setpriv ${identity} sh -c 'echo planted > /etc/planted'`), /Permission denied/);
  });

  await lab.check('udev gives the device to its group, each time that it is offered', async () => {
    const gid = Number(await shell('id -g hyperv-kvp'));
    for (let round = 0; round < rounds; round += 1) {
      await lab.channel.withdraw();
      await lab.channel.offer();
      await lab.assertServes();
      await eventually(async () => {
        const status = await stat(device);
        assert.deepEqual([status.uid, status.gid, status.mode & permissions], [0, gid, userAndGroup]);
      });
    }
  });

  await lab.check('the helper opens a device that was not given to the daemon', async () => {
    const rule = '/run/udev/rules.d/99-root.rules';
    const text = `SUBSYSTEM=="misc", KERNEL=="vmbus/hv_kvp", GROUP:="root", MODE:="0600"\n`;
    const before = await property('MainPID');
    await shell(`mkdir -p /run/udev/rules.d && printf '%s' '${text}' > ${rule} && udevadm control --reload`);
    await lab.channel.withdraw();
    await lab.channel.offer();
    await lab.assertServes();
    await shell(`rm ${rule} && udevadm control --reload`);
    assert.equal((await stat(device)).mode & permissions, ownerOnly);
    assert.equal(await property('MainPID'), before);
  });

  await lab.check('pools that were removed are made anew, the daemon’s in a folder of root’s', async () => {
    for (const pool of poolNumbers) await rm(poolFile(pool));
    assert.deepEqual(await lab.host.set(PoolNumber.guest, 'key', 'value'), ok);
    assert.equal(await shell(`stat --format=%U ${poolFile(PoolNumber.guest)} ${poolDirectory}`), 'hyperv-kvp\nroot');
    await shell(`systemctl restart ${unit}`);
    await lab.assertServes();
    for (const pool of poolNumbers) assert.ok((await stat(poolFile(pool))).isFile());
  });

  const sentence = 'what was injected is a file of root’s, by a helper that is root, and one daemon runs';
  await checkManager(lab, networkd, sentence, async () => {
    const pid = await property('MainPID', helperUnit);
    assert.match(await readFile(`/proc/${pid}/status`, 'utf8'), /^Uid:\t0\t/m);
    assert.equal(await shell("ps -ef | grep -c '[h]v_kvp_daemon'"), '1');
  });

  await lab.check('the helper ends when it is not asked any more, and leaves nothing behind', async () => {
    await eventually(async () => {
      assert.equal(await property('ActiveState', helperUnit), 'inactive');
    }, idleMs);
    assert.equal(await property('Result', helperUnit), 'success');
    assert.equal(await shell('pgrep -f "[h]yperv-kvp-helper" || :'), '');
    await lab.assertServes();
  });
}

const sixtyFourBits = 16;
const permissions = 0o777;
const userAndGroup = 0o660;
const ownerOnly = 0o600;

function fourTimes(id: string): string {
  return [id, id, id, id].join('\t');
}

/** A command as the daemon could run it: of its user, in its namespaces. */
async function inside(command: string): Promise<string> {
  const identity = '--reuid=hyperv-kvp --regid=hyperv-kvp --clear-groups --no-new-privs';
  const pid = await property('MainPID');
  return shell(`nsenter --target ${pid} --mount --net --ipc --uts setpriv ${identity} sh -c '${command}'`);
}

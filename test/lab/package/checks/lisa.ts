import assert from 'node:assert/strict';
import { readdir, stat } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { PoolNumber, poolNumbers } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { poolDirectory, poolFile } from '../../guest/checks/pool-file.ts';
import { type Lab, property, shell } from './lab.ts';

const permissions = 0o777;
const fileMode = 0o644;
const manyRecords = 251;
const second = 1000;

/** What Microsoft's tests of Linux guests (LISA) ask of the daemon, in our words. */
export async function checkLisa(lab: Lab): Promise<void> {
  await lab.check(
    'there are exactly five pools, which all may read and only the daemon and root may write',
    async () => {
      const files = (await readdir(poolDirectory)).filter((name) => name.startsWith('.kvp_pool_'));
      assert.deepEqual(
        files.sort(),
        poolNumbers.map((pool) => `.kvp_pool_${pool}`),
      );
      for (const pool of poolNumbers) assert.equal((await stat(poolFile(pool))).mode & permissions, fileMode);
    },
  );

  await lab.check('exactly one process has the daemon’s name, and the device is among its descriptors', async () => {
    const pid = await property('MainPID');
    assert.equal(await shell('pgrep -x hv_kvp_daemon'), pid);
    assert.equal(await shell("ps -ef | grep -c '[h]v_kvp_daemon'"), '1');
    assert.match(await shell(`ls -l /proc/${pid}/fd`), /\/dev\/vmbus\/hv_kvp$/m);
  });

  const seconds = Number(process.env['IDLE_SECONDS']);
  await lab.check(`the daemon has no more descriptors after ${seconds} s than before`, async () => {
    const before = await descriptors();
    for (let passed = 0; passed < seconds; passed += 1) {
      await lab.assertServes();
      await sleep(second);
    }
    assert.equal(await descriptors(), before);
  });

  await lab.check(`the host sees ${manyRecords} records of the guest`, async () => {
    await shell(`seq --format='key%g=v' ${manyRecords} | hvkvp load --pool guest --replace -`);
    const { status, records } = await lab.host.enumerate(PoolNumber.guest);
    assert.deepEqual({ status, count: records.length }, { status: Status.noMoreItems, count: manyRecords });
  });
}

async function descriptors(): Promise<number> {
  return (await readdir(`/proc/${await property('MainPID')}/fd`)).length;
}

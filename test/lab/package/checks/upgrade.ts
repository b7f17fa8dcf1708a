import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { poolDirectory, poolFile } from '../../guest/checks/pool-file.ts';
import { installPackage, type Lab, property, shell, unit } from './lab.ts';

const state = '/var/lib/hyperv-kvp';
const written = [PoolNumber.external, PoolNumber.guest, PoolNumber.autoExternal] as const;

/** The package is installed over itself, while it serves. */
export async function checkUpgrade(lab: Lab): Promise<void> {
  await lab.check('an upgrade ends with the new daemon serving the pools as they were', async () => {
    const before = await property('MainPID');
    const records = await readFile(poolFile(PoolNumber.external));
    await installPackage();
    assert.equal(await property('ActiveState'), 'active');
    assert.notEqual(await property('MainPID'), before);
    assert.ok((await readFile(poolFile(PoolNumber.external))).equals(records));
    await lab.assertServes();
  });

  await lab.check(
    'pools and journals of a daemon that was root are served on, and become its successor’s',
    async () => {
      const files = written.map(poolFile).join(' ');
      const journals = written.map((pool) => `${state}/pool_${pool}.*.journal`).join(' ');
      await shell(`systemctl stop ${unit}; chown -R root:root ${state} ${files}; chmod 700 ${state}`);
      await shell(`systemctl start ${unit}`);
      for (const pool of written) assert.deepEqual(await lab.host.set(pool, 'after', 'root'), { status: Status.ok });
      const owners = await shell(`stat --format=%U:%a ${files} ${journals} ${state} ${poolDirectory} | uniq`);
      assert.equal(owners, 'hyperv-kvp:644\nhyperv-kvp:600\nroot:750\nroot:755');
    },
  );

  await lab.check('an upgrade leaves a service alone that the administrator has disabled', async () => {
    await shell(`systemctl disable --now ${unit}`);
    await installPackage();
    assert.equal(await property('ActiveState'), 'inactive');
    assert.equal(await property('UnitFileState'), 'disabled');
    await shell(`systemctl enable --now ${unit}`);
    await lab.assertServes();
  });
}

import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PoolNumber } from '../../../src/message/pool.ts';
import { poolFile } from '../../guest/checks/pool-file.ts';
import { installPackage, type Lab, property, shell, unit } from './lab.ts';

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

  await lab.check('an upgrade leaves a service alone that the administrator has disabled', async () => {
    await shell(`systemctl disable --now ${unit}`);
    await installPackage();
    assert.equal(await property('ActiveState'), 'inactive');
    assert.equal(await property('UnitFileState'), 'disabled');
    await shell(`systemctl enable --now ${unit}`);
    await lab.assertServes();
  });
}

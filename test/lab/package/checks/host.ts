import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { poolFile, recordBytes } from '../../guest/checks/pool-file.ts';
import { type Lab, property } from './lab.ts';

const rounds = 20;

/** What the host does all day. */
export async function checkHost(lab: Lab): Promise<void> {
  await lab.check('a SET of the host arrives in the pool’s file, and hvkvp shows it', async () => {
    assert.deepEqual(await lab.host.set(PoolNumber.external, 'colour', 'grün'), { status: Status.ok });
    assert.ok((await readFile(poolFile(PoolNumber.external))).equals(recordBytes('colour', 'grün')));
  });

  await lab.check(
    `the service is withdrawn and offered again ${rounds} times, and the daemon is the same`,
    async () => {
      const before = await property('MainPID');
      for (let round = 0; round < rounds; round += 1) {
        await lab.channel.withdraw();
        await lab.channel.offer();
        await lab.assertServes();
      }
      assert.equal(await property('MainPID'), before);
      assert.equal(await property('NRestarts'), '0');
    },
  );
}

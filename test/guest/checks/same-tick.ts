import assert from 'node:assert/strict';
import { statSync, writeFileSync } from 'node:fs';
import { PoolNumber } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import type { Lab } from './lab.ts';
import { poolFile, recordBytes } from './pool-file.ts';

const rounds = 300;

/**
 * Before Linux 6.13 the time of modification stands still for a clock tick, 4 ms here: a daemon that trusts it misses what changes
 * twice within one. On newer kernels this shows nothing.
 */
export async function checkSameTick(lab: Lab): Promise<void> {
  const { host } = lab;
  const pool = PoolNumber.guest;
  const path = poolFile(pool);

  await lab.check('a neighbour that rewrites a record within one clock tick is seen each time', async () => {
    writeFileSync(path, recordBytes('key', 'first'));
    for (let round = 0; round < rounds; round += 1) {
      // Back to back, so that the second is most likely in the tick that the daemon has already seen.
      for (const value of [`${round}.a`, `${round}.b`]) {
        writeFileSync(path, recordBytes('key', value), { flag: 'r+' });
        assert.deepEqual(await host.get(pool, 'key'), { status: Status.ok, value });
      }
    }
    assert.equal(statSync(path).size, recordBytes('key', '').length);
    writeFileSync(path, '');
  });
}

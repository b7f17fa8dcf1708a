import assert from 'node:assert/strict';
import { mkdtempSync, statSync, writeFileSync } from 'node:fs';
import { release, tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { PoolNumber } from '../../../../src/message/pool.ts';
import type * as Pools from '../../../../src/pools/pools.ts';
import { checkout } from '../machine/folders.ts';
import type { Lab } from './lab.ts';
import { recordBytes } from './pool-file.ts';

const rounds = 2000;

/**
 * Before Linux 6.13 the time of modification stands still for a clock tick: who trusts it misses what changes twice within one. A
 * transaction through the driver takes longer than a tick here, so the pools are asked directly, as they are built.
 */
export async function checkSameTick(lab: Lab): Promise<void> {
  await lab.check('a neighbour that rewrites a record within one clock tick is seen each time', async () => {
    const built = pathToFileURL(join(checkout, 'dist/pools/pools.js')).href;
    // The very module whose sources give the type.
    const { openPools } = (await import(built)) as typeof Pools;
    const directory = mkdtempSync(join(tmpdir(), 'same-tick-'));
    const path = join(directory, `.kvp_pool_${PoolNumber.guest}`);
    const pools = openPools({
      directory,
      stateDirectory: join(directory, '.hyperv-kvp'),
      fileMode: 0o644,
      durability: 'memory',
      lockTimeoutMs: 2000,
      warn: (text) => {
        assert.equal(text, '');
      },
    });
    const key = Buffer.from('key');
    let unmoved = 0;
    for (let round = 0, seen = 0n; round < rounds; round += 1) {
      writeFileSync(path, recordBytes('key', `${round}`), { flag: round === 0 ? 'w' : 'r+' });
      const { mtimeNs } = statSync(path, { bigint: true });
      unmoved += Number(mtimeNs === seen);
      seen = mtimeNs;
      assert.equal(String(await pools.at(PoolNumber.guest).get(key)), `${round}`);
    }
    pools.close();
    // Otherwise this has shown nothing.
    if (hasCoarseTimes()) assert.ok(unmoved > 0, 'no two changes fell into one clock tick');
  });
}

function hasCoarseTimes(): boolean {
  const firstWithFineTimes = [6, 13] as const;
  const [major = 0, minor = 0] = release().split('.').map(Number);
  return major < firstWithFineTimes[0] || (major === firstWithFineTimes[0] && minor < firstWithFineTimes[1]);
}

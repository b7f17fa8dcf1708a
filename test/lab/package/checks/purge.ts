import assert from 'node:assert/strict';
import { poolNumbers } from '../../../../src/message/pool.ts';
import { poolFile } from '../../guest/checks/pool-file.ts';
import { assertWhole, cutChanges } from './journals.ts';
import { type Lab, purgePackage, shell, unit } from './lab.ts';

/** The package goes, after its daemon was killed in the middle of a change of each pool: its scripts run our programs. */
export async function checkRemoval(lab: Lab): Promise<void> {
  await lab.check('to purge the package finishes or drops what was cut off in each of the five pools', async () => {
    await shell(`systemctl kill --signal=KILL ${unit}; systemctl stop ${unit}`);
    await cutChanges();
    await purgePackage();
    await assertWhole();
    const pools = poolNumbers.map(poolFile).join(' ');
    assert.equal(await shell(`stat --format=%U:%G ${pools} | sort --unique`), 'root:root');
  });
}

/** And what it leaves. */
export async function checkPurge(lab: Lab): Promise<void> {
  await checkRemoval(lab);
  await lab.check(
    'to purge the package leaves the pools, the user, whose number nobody else gets, and nothing else',
    async () => {
      const left = await shell(
        "find / -xdev '(' -iname '*hyperv*' -o -iname '*kvp*' ')' ! -path '/var/lib/dpkg/*' -print",
      );
      assert.deepEqual(left.split('\n').sort(), ['/var/lib/hyperv', ...poolNumbers.map(poolFile)]);
      assert.match(await shell('getent passwd hyperv-kvp'), /^hyperv-kvp:/);
      assert.equal(await shell('dpkg-query --list "hyperv-kvp" 2>/dev/null | grep hyperv-kvp || :'), '');
      assert.equal(await shell('dpkg-divert --list "*kvp*"'), '');
      assert.equal(await shell('pgrep -f "[h]v_kvp_daemon|[h]yperv-kvp-helper" || :'), '');
      assert.equal(await shell('systemctl is-system-running'), 'running');
    },
  );
}

import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { poolDirectory } from '../../guest/checks/pool-file.ts';
import { type Lab, property, shell, unit } from './lab.ts';

/** A machine that is not Hyper-V's has the package too: an image that runs anywhere. */
export async function checkElsewhere(lab: Lab): Promise<void> {
  await lab.check('off Hyper-V the service is not started, and that is no failure', async () => {
    assert.equal(await shell('systemctl is-system-running --wait'), 'running');
    assert.equal(await property('ActiveState'), 'inactive');
    assert.equal(await property('Result'), 'success');
    assert.equal(await property('ConditionResult'), 'no');
    assert.equal(await shell('pgrep -x hv_kvp_daemon || :'), '');
  });

  await lab.check('off Hyper-V nothing of the boot waits for the service or its device', async () => {
    assert.equal(await property('ExecMainStartTimestampMonotonic'), '0');
    assert.equal(await shell('systemctl list-jobs --no-legend'), '');
    for (const part of ['blame', `critical-chain ${unit}`, 'critical-chain']) {
      assert.doesNotMatch(await shell(`systemd-analyze --no-pager ${part}`), /kvp.*[+@]\d/);
    }
    assert.equal(
      await shell("journalctl --boot --grep='Timed out waiting|start job is running' --output=cat || :"),
      '',
    );
  });

  await lab.check('off Hyper-V no pools are made', () => {
    assert.ok(!existsSync(poolDirectory));
    return Promise.resolve();
  });

  await lab.check('udev starts the service when the driver is loaded later', async () => {
    await shell('modprobe --dirname "$MACHINE$DRIVER_MODULES" --force-modversion hv_utils');
    await lab.connect();
    await lab.assertServes();
    assert.equal(await property('ActiveState'), 'active');
  });
}

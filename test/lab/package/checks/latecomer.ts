import assert from 'node:assert/strict';
import { type Lab, otherNames, property, shell, unit } from './lab.ts';

/** The stock daemon's package after this one: its scripts stop the unit by a name of ours, and take those names for its own. */
export async function checkLatecomer(lab: Lab): Promise<void> {
  const steps = [
    ['comes', 'dpkg --install "$STOCK_PACKAGE"'],
    ['goes', 'dpkg --purge hyperv-daemons'],
  ] as const;
  for (const [happens, command] of steps) {
    await lab.check(`the service is active under all its names after hyperv-daemons ${happens}`, async () => {
      await shell(command);
      assert.equal(await property('ActiveState'), 'active');
      for (const name of otherNames) assert.equal(await property('Id', name), unit);
      assert.equal(await shell('pgrep -x hv_kvp_daemon'), await property('MainPID'));
      await lab.assertServes();
    });
  }
}

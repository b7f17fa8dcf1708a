import assert from 'node:assert/strict';
import { eventually } from '../../guest/checks/eventually.ts';
import { type Lab, log, property, shell, unit } from './lab.ts';

const configuration = '/etc/hyperv-kvp.toml';
/** systemd's pause, and the start of Node on an emulated processor. */
const restartMs = 60_000;

/** What an administrator does to the service, and what happens to it. */
export async function checkLife(lab: Lab): Promise<void> {
  await lab.check('systemctl restart puts another process in its place', async () => {
    const before = await property('MainPID');
    await shell(`systemctl restart ${unit}`);
    assert.notEqual(await property('MainPID'), before);
    await lab.assertServes();
  });

  await lab.check('systemd starts it again after it was killed', async () => {
    const before = await property('MainPID');
    await shell(`systemctl kill --signal=KILL ${unit}`);
    // A request before the driver has seen the end would be refused by it.
    await eventually(async () => {
      assert.notEqual(await property('MainPID'), before);
      assert.equal(await property('ActiveState'), 'active');
    }, restartMs);
    await lab.assertServes();
  });

  await lab.check('systemctl reload has the same process use a changed configuration', async () => {
    const before = await property('MainPID');
    await shell(`echo 'log_level = "debug"' > ${configuration} && systemctl reload ${unit}`);
    await eventually(async () => {
      await lab.assertServes();
      assert.match(await log(), /OSName/);
    }, restartMs);
    assert.equal(await property('MainPID'), before);
  });

  await lab.check(
    'a wrong configuration is refused by systemctl reload with its line, and the service goes on',
    async () => {
      await shell(`printf '\\nlog_level = "loud"\\n' > ${configuration}`);
      try {
        await assert.rejects(shell(`systemctl reload ${unit}`));
        await eventually(async () => {
          assert.match(await log(), /hyperv-kvp\.toml.*2/);
        });
        await lab.assertServes();
      } finally {
        await shell(`rm ${configuration}`);
      }
      await shell(`systemctl reload ${unit}`);
      assert.equal(await property('ActiveState'), 'active');
    },
  );
}

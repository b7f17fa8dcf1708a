import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventually } from '../../guest/checks/eventually.ts';
import { type Lab, log, property, shell, unit } from './lab.ts';

/** Several of systemd's pauses between restarts, and of the daemon's between looks at the device. */
const severalTriesMs = 12_000;

/** Another daemon has the device. */
export async function checkHeldDevice(lab: Lab): Promise<void> {
  await lab.check('a daemon that is started by hand beside the service ends with status 1 and one line', async () => {
    for (const words of ['-n', '']) {
      const said = await shell(`! hv_kvp_daemon ${words} --control-socket '' 2>&1`);
      assert.match(said, /^hv_kvp_daemon: (error: )?another process has the device open: EBUSY: .*$/m);
    }
    await lab.assertServes();
    assert.equal(await shell('pgrep -x hv_kvp_daemon'), await property('MainPID'));
  });

  await lab.check(
    'a service that finds its device with another daemon says so once, and has it after that one',
    async () => {
      await shell(`systemctl stop ${unit}`);
      const other = spawn('hv_kvp_daemon', ['-n', '--control-socket', ''], { stdio: 'ignore' });
      const ended = once(other, 'exit');
      try {
        await lab.assertServes();
        await shell(`systemctl start ${unit}`);
        await sleep(severalTriesMs);
        assert.equal((await log()).match(/EBUSY/g)?.length, 1);
        assert.equal(await property('NRestarts'), '0');
        assert.match(await property('StatusText'), /EBUSY/);
      } finally {
        other.kill();
        await ended;
      }
      await eventually(async () => {
        assert.match(await log(), /registered at/);
      }, severalTriesMs);
      await lab.assertServes();
    },
  );
}

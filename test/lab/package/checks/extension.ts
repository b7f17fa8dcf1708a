import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { poolFile } from '../../guest/checks/pool-file.ts';
import { checkHost } from './host.ts';
import { type Lab, property, shell, unit } from './lab.ts';
import { checkManager, networkd } from './network.ts';

const automaticKeys = 10;
/** Node starts slowly on an emulated processor. */
const startMs = 120_000;
const image = '/var/lib/extensions/hyperv-kvp.raw';

/** A guest gets the extension image, as systems do whose /usr nobody writes to. */
export async function checkExtension(lab: Lab): Promise<void> {
  await lab.check('systemd-sysext lays the image over /usr, which is read-only then', async () => {
    await shell('modprobe --dirname "$MACHINE$KERNEL_MODULES" --all loop squashfs');
    await shell(`mkdir -p /var/lib/extensions; cp "$EXTENSION" ${image}; systemd-sysext merge`);
    await assert.rejects(shell('touch /usr/bin/planted'), /Read-only file system/);
    assert.equal(await shell('readlink -f /usr/bin/hvkvp'), '/usr/libexec/hyperv-kvp/dist/bin/hvkvp');
  });

  await lab.check('its service starts with the services of the system, as a user that was made for it', async () => {
    await shell('udevadm control --reload; systemctl daemon-reload; systemctl restart --no-block multi-user.target');
    await eventually(async () => {
      assert.equal(await property('ActiveState'), 'active');
    }, startMs);
    assert.equal(await property('User'), 'hyperv-kvp');
    assert.match(await shell('getent passwd hyperv-kvp'), /^hyperv-kvp:/);
    assert.equal(await shell('pgrep -x hv_kvp_daemon'), await property('MainPID'));
    await lab.connect();
  });

  await lab.check('the host gets ten keys', async () => {
    await lab.assertServes();
    await eventually(async () => {
      assert.equal((await lab.host.enumerate(PoolNumber.auto)).records.length, automaticKeys);
    });
  });
  await checkHost(lab);
  await checkManager(lab, networkd, 'the helper that set addresses is that of the image', async () => {
    const pid = await property('MainPID', 'hyperv-kvp-helper.service');
    assert.match(await shell(`tr '\\0' ' ' < /proc/${pid}/cmdline`), /\/usr\/libexec\/hyperv-kvp\//);
  });

  await lab.check('udev starts it by the image’s rule when the device comes again', async () => {
    await shell(`systemctl stop ${unit}`);
    await lab.channel.withdraw();
    await lab.channel.offer();
    await lab.assertServes();
    assert.equal(await property('ActiveState'), 'active');
  });

  await lab.check('unmerged, it leaves the pools and the user', async () => {
    await shell(`systemctl stop ${unit} hyperv-kvp-helper.socket hyperv-kvp-helper; systemd-sysext unmerge`);
    assert.ok(!existsSync('/usr/bin/hvkvp'));
    assert.ok(existsSync(poolFile(PoolNumber.external)));
    await shell('getent passwd hyperv-kvp');
  });
}

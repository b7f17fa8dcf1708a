import assert from 'node:assert/strict';
import { readlink } from 'node:fs/promises';
import { basename } from 'node:path';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { assertWhole, cutChanges } from './journals.ts';
import { installPackage, type Lab, property, purgePackage, shell, unit } from './lab.ts';

/** A guest with hyperv-daemons gets this package beside it, and loses it again. */
export async function checkStock(lab: Lab): Promise<void> {
  let files = '';

  await lab.check('at first the stock daemon is registered', async () => {
    files = await everyFile();
    assert.equal(await programOf(unit), '/usr/sbin/hv_kvp_daemon');
    assert.equal((await lab.host.enumerateAt(PoolNumber.auto, 0)).status, Status.ok);
  });

  await lab.check('the package takes its place when it is installed', async () => {
    await installPackage();
    assert.equal(await property('ActiveState'), 'active');
    assert.equal(await shell('pgrep -x hv_kvp_daemon'), await property('MainPID'));
    await lab.assertServes();
    await assertIsOurs();
  });

  await lab.check('the daemons of the other services stay as they are', async () => {
    const others = (await shell('ls /usr/sbin/hv_*_daemon | grep -v kvp')).split('\n');
    for (const path of others) {
      assert.equal(await property('LoadState', `${basename(path).replaceAll('_', '-')}.service`), 'loaded');
    }
    // Its own check of itself finds its daemon at the place where it was put aside to.
    assert.equal(await shell('dpkg --verify hyperv-daemons'), '');
  });

  await lab.check('an upgrade of hyperv-daemons changes nothing of it', async () => {
    await shell('dpkg --install "$STOCK_PACKAGE"');
    assert.equal(await shell('pgrep -x hv_kvp_daemon'), await property('MainPID'));
    assert.match(await shell('head -c 9 /usr/sbin/hv_kvp_daemon'), /^#!\/bin\/sh/);
    assert.match(await shell('cat /usr/libexec/hypervkvpd/hv_get_dns_info'), /hvkvp/);
    await lab.assertServes();
  });

  await lab.check(
    'whoever starts the stock daemon’s unit, udev’s stock rule too, gets ours with its rights',
    async () => {
      await shell('systemctl enable --now hv-kvp-daemon');
      await assertIsOurs();
      await shell(`systemctl stop ${unit}`);
      await lab.channel.withdraw();
      await lab.channel.offer();
      await lab.assertServes();
      await assertIsOurs();
      assert.deepEqual(await lab.host.set(PoolNumber.external, 'key', 'value'), { status: Status.ok });
    },
  );

  await lab.check('to purge the package gives the stock daemon whole pools', async () => {
    await shell(`systemctl kill --signal=KILL ${unit}; systemctl stop ${unit}`);
    await cutChanges();
    await purgePackage();
    await assertWhole();
  });

  await lab.check('the stock daemon is back, and registered, after the purge', async () => {
    assert.equal(await programOf(unit), '/usr/sbin/hv_kvp_daemon');
    assert.equal(await property('User'), '');
    assert.equal((await lab.host.enumerateAt(PoolNumber.auto, 0)).status, Status.ok);
    assert.equal(await everyFile(), files);
  });
}

/** Its own unit, user and program, however it was started. */
async function assertIsOurs(): Promise<void> {
  assert.equal(await property('User'), 'hyperv-kvp');
  assert.match(await programOf(unit), /node$/);
}

async function programOf(name: string): Promise<string> {
  return readlink(`/proc/${await property('MainPID', name)}/exe`);
}

/** Of the guest, but for those that any package or service leaves. */
function everyFile(): Promise<string> {
  const others = ['/var/lib/dpkg', '/var/log', '/var/cache', '/var/lib/systemd/catalog', '/tmp', '/var/tmp'];
  return shell(`find / -xdev ${others.map((path) => `! -path '${path}/*'`).join(' ')} | sort`);
}

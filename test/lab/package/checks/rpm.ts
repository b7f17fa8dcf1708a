import assert from 'node:assert/strict';
import { readlink } from 'node:fs/promises';
import { PoolNumber, poolNumbers } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { poolDirectory, poolFile } from '../../guest/checks/pool-file.ts';
import { checkBoot } from './boot.ts';
import { checkHost } from './host.ts';
import { type Lab, property, shell } from './lab.ts';
import { checkManager, networkd } from './network.ts';
import { checkRemoval } from './purge.ts';
import { checkUpgrade } from './upgrade.ts';

const automaticKeys = 10;
const state = '/var/lib/hyperv-kvp';
const ok = { status: Status.ok };
const helperUnit = 'hyperv-kvp-helper.service';
const dnf = 'dnf --assumeyes --repofrompath=here,"$RPM_PACKAGES" --repo=here --nogpgcheck';

/** A guest whose packages are RPM's loses this one to the stock daemon's and gets it back, upgrades and erases it. */
export async function checkRpm(lab: Lab): Promise<void> {
  await checkBoot(lab);
  await checkHost(lab);
  await checkManager(lab, networkd, 'the helper that set addresses is root, from /usr/libexec', async () => {
    const pid = await property('MainPID', helperUnit);
    assert.match(await shell(`tr '\\0' ' ' < /proc/${pid}/cmdline`), /\/usr\/libexec\/hyperv-kvp\//);
    assert.equal(await shell(`stat --format=%U /proc/${pid}`), 'root');
  });
  await checkUpgrade(lab);

  let pools = '';
  await lab.check('rpm does not install the stock daemon’s package beside it', async () => {
    assert.match(await shell('! rpm --install "$RPM_PACKAGES"/hypervkvpd-6.10.rpm 2>&1'), /conflicts with/);
    await lab.assertServes();
    // As somebody has closed them.
    await shell(`chmod 600 ${poolFile(PoolNumber.external)}; chmod 640 ${poolFile(PoolNumber.guest)}`);
    pools = await everyPool();
  });

  await lab.check('dnf swap has the stock daemon in its place, registered, with all pools', async () => {
    await shell(`${dnf} swap hyperv-kvp hyperv-daemons`);
    assert.equal(await everyPool(), pools);
    assert.equal(await readlink(`/proc/${await property('MainPID')}/exe`), '/usr/sbin/hv_kvp_daemon');
    assert.equal(await property('User'), '');
    assert.equal((await lab.host.enumerateAt(PoolNumber.auto, 0)).status, Status.ok);
    assert.deepEqual(await lab.host.set(PoolNumber.external, 'by', 'stock'), ok);
    pools = await everyPool();
  });

  await lab.check('dnf install has ours in its place again, started, and pools outlive the stock package', async () => {
    await shell(`${dnf} install --allowerasing "$PACKAGE"`);
    assert.equal(await everyPool(), pools);
    assert.equal(await property('ActiveState'), 'active');
    assert.equal(await property('UnitFileState'), 'enabled');
    assert.equal(await shell('pgrep -x hypervkvpd'), await property('MainPID'));
    assert.equal(await property('User'), 'hyperv-kvp');
  });

  await lab.check('then the host gets ten keys, SETs, and GETs what the stock daemon was given', async () => {
    await lab.assertServes();
    await eventually(async () => {
      assert.equal((await lab.host.enumerate(PoolNumber.auto)).records.length, automaticKeys);
    });
    assert.deepEqual(await lab.host.get(PoolNumber.external, 'by'), { ...ok, value: 'stock' });
    for (const pool of [PoolNumber.external, PoolNumber.guest, PoolNumber.autoExternal]) {
      assert.deepEqual(await lab.host.set(pool, 'by', 'ours'), ok);
    }
    pools = await everyPool();
  });

  await lab.check('the other services’ daemons are there still, and the package is as it was built', async () => {
    await shell('rpm --query hypervvssd hypervfcopyd');
    assert.equal(await shell('rpm --verify hyperv-kvp'), '');
  });

  await lab.check('a newer release takes over while it serves', async () => {
    const before = await property('MainPID');
    await shell('rpm --upgrade "$NEWER_PACKAGE"');
    assert.equal(await shell("rpm --query --queryformat '%{RELEASE}' hyperv-kvp"), '2');
    assert.notEqual(await property('MainPID'), before);
    assert.equal(await property('ActiveState'), 'active');
    assert.equal(await everyPool(), pools);
    await lab.assertServes();
  });

  await checkRemoval(lab);

  await lab.check(
    'erased, it leaves the pools, the originals of files that the host has changed, and nothing else',
    async () => {
      const ofManagers = ['/var/lib/dnf', '/var/lib/rpm', '/var/cache/dnf', '/packages'];
      const left = await shell(
        `find / -xdev '(' -iname '*hyperv-kvp*' -o -iname '*kvp*' ')' ${ofManagers.map((path) => `! -path '${path}/*'`).join(' ')}`,
      );
      assert.deepEqual(left.split('\n').sort(), [state, ...poolNumbers.map(poolFile)]);
      assert.equal(await shell(`ls -A ${state}`), 'ip-injection-originals.json');
      assert.equal(await shell('pgrep -f "[h]v_kvp_daemon|[h]ypervkvpd|[h]yperv-kvp-helper" || :'), '');
      assert.equal(await shell('systemctl is-system-running'), 'running');
    },
  );
}

/** Names, modes and content. */
function everyPool(): Promise<string> {
  return shell(`cd ${poolDirectory} && stat --format='%n %a' .kvp_pool_* && sha256sum .kvp_pool_*`);
}

import assert from 'node:assert/strict';
import { eventually } from '../../guest/checks/eventually.ts';
import { checkBoot } from './boot.ts';
import { checkHost } from './host.ts';
import { type Lab, property, shell, unit } from './lab.ts';
import { checkLife } from './life.ts';
import { checkManager, ifupdown, netplan, networkd, networkManager } from './network.ts';
import { checkRemoval } from './purge.ts';
import { checkUpgrade } from './upgrade.ts';

/** Node starts slowly on an emulated processor. */
const readyMs = 60_000;
const helperUnit = 'hyperv-kvp-helper.service';

/** A guest whose policy of SELinux has our module, and is enforced. */
export async function checkSelinux(lab: Lab): Promise<void> {
  // Debian enables it where it is installed; here every network manager has its turn.
  await shell('systemctl disable --now NetworkManager');
  await lab.check('the policy is enforced, and the daemon is in its own domain', async () => {
    assert.equal(await shell('getenforce'), 'Enforcing');
    assert.equal(await domainOf(unit), 'hyperv_kvp_t');
  });

  await checkBoot(lab);
  await checkHost(lab);
  await checkLife(lab);
  await lab.check('hvkvp, as an administrator uses it, finds all as it should be', async () => {
    assert.match(await shell('hvkvp list --pool external'), /grün/);
    assert.doesNotMatch(await shell('hvkvp doctor || :'), /^problem/m);
  });

  await lab.check('a unit that runs hvkvp can', async () => {
    await shell('systemctl start hyperv-kvp-ready');
    await eventually(async () => {
      assert.equal(await property('ActiveState', 'hyperv-kvp-ready'), 'inactive');
    }, readyMs);
    assert.equal(await property('Result', 'hyperv-kvp-ready'), 'success');
  });

  // In the end, ifdown leaves no address.
  for (const manager of [networkd, networkManager, netplan, ifupdown]) {
    await checkManager(
      lab,
      manager,
      `the helper that set addresses by ${manager.name} is in its own domain`,
      assertHelperDomain,
    );
  }
  await checkUpgrade(lab);
  await lab.check('everything has the label that the policy gives it', async () => {
    const paths =
      '/usr/lib/hyperv-kvp /var/lib/hyperv /var/lib/hyperv-kvp /run/hyperv-kvp /run/hyperv-kvp-helper /dev/vmbus';
    assert.equal(await shell(`restorecon -nvR ${paths}`), '');
  });

  await checkRemoval(lab);

  await lab.check('the kernel’s log has no denial of what the daemon and its helper do', async () => {
    assert.equal(await denials(), '');
  });

  await lab.check('no other program gets into their domains, which the kernel’s log tells', async () => {
    for (const domain of ['hyperv_kvp_t', 'hyperv_kvp_helper_t']) {
      const context = `system_u:system_r:${domain}:s0`;
      await assert.rejects(shell(`systemd-run --wait --quiet --property=SELinuxContext=${context} /bin/true`));
      assert.match(await denials(), new RegExp(`entrypoint.*${domain}`));
    }
  });
}

async function assertHelperDomain(): Promise<void> {
  assert.equal(await domainOf(helperUnit), 'hyperv_kvp_helper_t');
}

async function domainOf(service: string): Promise<string | undefined> {
  const context = await shell(`tr -d '\\0' < /proc/${await property('MainPID', service)}/attr/current`);
  return context.split(':')[2];
}

/** What the kernel, systemd and D-Bus have denied, by the kernel's log; commands that systemd runs for the helper are initrc_t. */
function denials(): Promise<string> {
  const ofOurs = 'avc: .*(hyperv_kvp|:initrc_t:)';
  return shell(`journalctl --boot --dmesg --output=cat | grep --text --extended-regexp '${ofOurs}' || :`);
}

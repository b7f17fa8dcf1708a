import assert from 'node:assert/strict';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from '../../guest/checks/eventually.ts';
import { type Lab, log, otherNames, property, shell, unit } from './lab.ts';

const automaticKeys = 10;

/** A guest that was booted with the package installed. */
export async function checkBoot(lab: Lab): Promise<void> {
  await lab.check('the service is active and registered after the boot, without any step of ours', async () => {
    assert.equal(await property('ActiveState'), 'active');
    assert.match(await property('StatusText'), /^registered at \/dev\/vmbus\/hv_kvp/);
  });

  await lab.check('its boot is whole', async () => {
    assert.equal(await shell('systemctl is-system-running --wait'), 'running');
    assert.equal(await shell('journalctl --boot --grep="ordering cycle" --output=cat || :'), '');
  });

  await lab.check('the host sees ten keys of the guest', async () => {
    await lab.assertServes();
    await eventually(async () => {
      const { status, records } = await lab.host.enumerate(PoolNumber.auto);
      assert.equal(status, Status.noMoreItems);
      assert.equal(records.length, automaticKeys);
      const address = records.find(({ key }) => key === 'NetworkAddressIPv4');
      assert.equal(address?.value, '192.0.2.10');
    });
  });

  for (const name of otherNames) {
    await lab.check(`${name} is a name of the service`, async () => {
      assert.equal(await property('Id', name), unit);
    });
  }

  await lab.check('the stock daemon’s helpers answer under their names', async () => {
    const folder = '/usr/libexec/hypervkvpd';
    assert.equal(await shell(`${folder}/hv_get_dns_info eth0`), '192.0.2.53');
    assert.equal(await shell(`${folder}/hv_get_dhcp_info eth0`), 'Disabled');
  });

  await lab.check('the service is exposed to no more than 3.0 by systemd’s count', async () => {
    await shell(`systemd-analyze security --no-pager --threshold=30 ${unit}`);
  });

  await lab.check(
    'a service that finds no device is started at once, says that it waits, and takes the device',
    async () => {
      await lab.channel.withdraw();
      await shell(`systemctl restart ${unit}`);
      assert.match(await property('StatusText'), /^waiting for the device/);
      await lab.channel.offer();
      await lab.assertServes();
      assert.match(await log(), /registered at/);
    },
  );
}

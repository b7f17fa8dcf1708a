import assert from 'node:assert/strict';
import { type Lab, otherNames, property, shell, unit } from './lab.ts';

/** What scripts, images and guides do to the service, by the name that their distribution has for it, or by ours. */
export async function checkNames(lab: Lab): Promise<void> {
  for (const name of [unit, ...otherNames]) await checkVerbs(lab, name);

  await lab.check('it is one of several services that are enabled by one command', async () => {
    const other = 'lab-other.service';
    const text = '[Service]\\nExecStart=/bin/true\\n[Install]\\nWantedBy=multi-user.target\\n';
    await shell(`printf '${text}' > /etc/systemd/system/${other}`);
    await shell(`systemctl disable ${unit} && systemctl enable hypervkvpd hv-kvp-daemon ${other}`);
    assert.equal(await property('UnitFileState'), 'enabled');
    await shell(`systemctl is-enabled ${other} && systemctl disable ${other} && rm /etc/systemd/system/${other}`);
  });

  await lab.check('masked by the distribution’s name, it stays down; unmasked, it serves again', async () => {
    await shell(`systemctl mask --now ${unit}`);
    assert.equal(await property('ActiveState'), 'inactive');
    for (const name of [unit, ...otherNames]) {
      await assert.rejects(shell(`systemctl start ${name}`), /masked|failed to load properly/);
    }
    await shell(`systemctl unmask ${unit} && systemctl start ${unit}`);
    await lab.assertServes();
  });

  await lab.check('the log has it by the distribution’s name of the unit, and by the stock daemon’s own', async () => {
    for (const words of [`-u ${unit}`, '-t KVP']) {
      assert.match(await shell(`journalctl --boot ${words} --output=cat`), /registered at/, words);
    }
  });
}

async function checkVerbs(lab: Lab, name: string): Promise<void> {
  await lab.check(`systemctl takes every verb by the name ${name}`, async () => {
    await shell(`systemctl disable --now ${name}`);
    assert.equal(await property('ActiveState'), 'inactive');
    assert.equal(await property('UnitFileState'), 'disabled');
    assert.equal(await shell('pgrep -x hv_kvp_daemon || :'), '');
    await shell(`systemctl enable --now ${name}`);
    assert.equal(await property('UnitFileState'), 'enabled');
    await lab.assertServes();
    for (const verb of [
      'is-active',
      'is-enabled',
      'status',
      'show',
      'cat',
      'reenable',
      'preset',
      'list-dependencies',
    ]) {
      await shell(`systemctl ${verb} ${name}`);
    }
    assert.equal(await property('Id', name), unit);
    const before = await property('MainPID');
    await shell(`systemctl reload ${name}`);
    assert.equal(await property('MainPID'), before);
    for (const verb of ['restart', 'try-restart']) {
      const last = await property('MainPID');
      await shell(`systemctl ${verb} ${name}`);
      assert.notEqual(await property('MainPID'), last);
    }
    await shell(`systemctl stop ${name}`);
    assert.equal(await property('ActiveState'), 'inactive');
    await shell(`systemctl start ${name}`);
    await lab.assertServes();
    assert.equal(await property('UnitFileState'), 'enabled');
  });
}

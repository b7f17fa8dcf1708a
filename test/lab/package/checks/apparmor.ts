import assert from 'node:assert/strict';
import { checkBoot } from './boot.ts';
import { checkHost } from './host.ts';
import { type Lab, property, shell, unit } from './lab.ts';
import { checkManager, ifupdown, networkd } from './network.ts';

const helperUnit = 'hyperv-kvp-helper.service';
const profile = '/etc/apparmor.d/hyperv-kvp';

/** A guest whose AppArmor gets our profiles: at first what they would deny is told, then it is denied. */
export async function checkApparmor(lab: Lab): Promise<void> {
  await lab.check('the profiles are installed as the documents say, to complain', async () => {
    await shell(`cp /usr/share/apparmor/extra-profiles/hyperv-kvp ${profile}`);
    await load('--complain');
    assert.equal(await profileOf(unit), 'hv_kvp_daemon (complain)');
    await lab.assertServes();
  });
  await checkBoot(lab);
  await checkComplaints(lab, 'complain');

  await lab.check('then to enforce', async () => {
    await load();
    assert.equal(await profileOf(unit), 'hv_kvp_daemon (enforce)');
    await lab.assertServes();
  });
  await checkHost(lab);
  const ofHelper = async (): Promise<void> => {
    assert.equal(await profileOf(helperUnit), 'hyperv_kvp_helper (enforce)');
  };
  await checkManager(lab, networkd, 'the helper that set addresses has its own profile', ofHelper);
  await checkManager(lab, ifupdown, 'and has it after ifup and ifdown, too', ofHelper);
  await checkComplaints(lab, 'enforce');

  await lab.check('what the profile does not allow is denied, and the kernel’s log tells', async () => {
    await assert.rejects(shell('aa-exec --profile=hv_kvp_daemon -- /bin/cat /etc/shadow'));
    assert.match(await complaints(), /DENIED.*hv_kvp_daemon.*\/etc\/shadow/);
  });
}

async function checkComplaints(lab: Lab, mode: 'complain' | 'enforce'): Promise<void> {
  await lab.check(`the kernel’s log has nothing that the profiles did not allow, in mode ${mode}`, async () => {
    assert.equal(await complaints(), '');
  });
}

async function load(mode = ''): Promise<void> {
  await shell(`apparmor_parser --replace ${mode} ${profile}`);
  await shell(`systemctl stop ${unit} hyperv-kvp-helper.socket hyperv-kvp-helper; systemctl start ${unit}`);
}

async function profileOf(service: string): Promise<string> {
  return await shell(`cat /proc/${await property('MainPID', service)}/attr/apparmor/current`);
}

function complaints(): Promise<string> {
  const ofOurs = 'apparmor="(ALLOWED|DENIED)".*profile="(hv_kvp_daemon|hyperv_kvp_helper)';
  return shell(`journalctl --boot --dmesg --output=cat | grep --text --extended-regexp '${ofOurs}' || :`);
}

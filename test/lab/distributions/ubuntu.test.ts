import { beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { buildCommon, buildForKernel } from './cloud-tools.ts';
import { buildOurs, Guest } from './guest.ts';

const pools = '/var/lib/hyperv';
const unit = '/usr/lib/systemd/system/hv-kvp-daemon.service';
const kernel = '/usr/lib/linux-tools/6.8.0-31-generic/hv_kvp_daemon';

/** Whose program and unit those of the names are. */
const owners = `grep -q build/Release/launcher /usr/sbin/hv_kvp_daemon && echo ours || echo stock
  grep -q ^User=hyperv-kvp ${unit} && echo ours || echo stock`;
const ours = 'ours\nours';
const stock = 'stock\nstock';

function ubuntu(): Guest {
  const guest = new Guest();
  const folder = temporaryFolder();
  guest.run(
    `dpkg --install ${guest.put(buildCommon(folder, '6.8.0-31'))} ${guest.put(buildForKernel(folder, '6.8.0-31-generic'))}
    mkdir -p ${pools}; printf 'record' > ${pools}/.kvp_pool_1; chmod 600 ${pools}/.kvp_pool_1`,
  );
  return guest;
}

describe('beside linux-cloud-tools of Ubuntu', () => {
  beforeEach(() => {
    needs(namespaces, program('dpkg-deb'), program('git'));
  });

  it('ours takes its place, keeps it through upgrades and removals of theirs, and gives it back', () => {
    const guest = ubuntu();
    const folder = temporaryFolder();
    expect(guest.run(owners)).toBe(stock);
    // Node is there, but as none of Debian's packages.
    guest.run(`dpkg --install --force-depends ${guest.put(buildOurs('debian'))}`);
    expect(guest.run(owners)).toBe(ours);
    // What it runs for a kernel, and its other daemons, are where they were.
    expect(guest.run(`cat ${kernel} /usr/sbin/hv_vss_daemon; dpkg --verify linux-cloud-tools-common`)).toBe(
      'stock of 6.8.0-31-genericstock 6.8.0-31',
    );

    guest.run(
      `dpkg --install ${guest.put(buildCommon(folder, '6.8.0-35'))} ${guest.put(buildForKernel(folder, '6.8.0-35-generic'))}`,
    );
    expect(guest.run(`${owners}; cat /usr/sbin/hv_vss_daemon`)).toBe(`${ours}\nstock 6.8.0-35`);

    // Its prerm has stopped the service of that name, which is ours; the trigger has it started again.
    guest.run('rm -f /systemctl; dpkg --remove linux-cloud-tools-common linux-cloud-tools-6.8.0-31-generic');
    expect(guest.run(owners)).toBe(ours);
    expect(guest.toldSystemd().join('\n')).toMatch(/stop .*hv-kvp-daemon\.service[^]*start .*hv-kvp-daemon\.service/);
    guest.run('dpkg --purge linux-cloud-tools-common; dpkg --install /packages/linux-cloud-tools-common-6.8.0-35.deb');
    expect(guest.run(owners)).toBe(ours);

    guest.run('dpkg --purge hyperv-kvp');
    expect(guest.run(owners)).toBe(stock);
    expect(guest.run(`dpkg --verify linux-cloud-tools-common; dpkg-divert --list '*kvp*'`)).toBe('');
    expect(guest.run(`cat ${pools}/.kvp_pool_1; stat --format ' %a %U' ${pools}/.kvp_pool_1`)).toBe('record 600 root');
  });

  it('the package with a Node of its own and the one without are one version: apt goes from one to the other', () => {
    const guest = ubuntu();
    const [plain, standalone] = [guest.put(buildOurs('debian')), guest.put(buildOurs('debian', '--standalone'))];
    const node = '/usr/lib/hyperv-kvp/bin/node';
    const apt = 'apt-get install --yes --quiet --no-install-recommends -o APT::Sandbox::User=root';
    // Here Node is none of Debian's packages.
    guest.run(
      'mkdir -p /n/DEBIAN; printf "Package: nodejs\\nVersion: 20.20.2\\nArchitecture: all\\nMaintainer: lab\\nDescription: lab\\n" > /n/DEBIAN/control; dpkg-deb --build /n /n.deb; dpkg --force-downgrade --install /n.deb',
    );
    for (const [file, isLink] of [
      [standalone, false],
      [plain, true],
    ] as const) {
      expect(guest.run(`${apt} ${file} 2>&1`)).not.toMatch(/downgrade/i);
      expect(guest.run(`test -L ${node} && echo true || echo false`)).toBe(String(isLink));
    }
  });
});

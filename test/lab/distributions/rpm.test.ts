import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { buildOurs, Guest, query } from './guest.ts';
import { hypervkvpd, nodejs, others } from './stand-ins.ts';

const { version } = JSON.parse(readFileSync(join(import.meta.dirname, '../../../package.json'), 'utf8')) as {
  readonly version: string;
};
const pools = '/var/lib/hyperv';
const state = '/var/lib/hyperv-kvp';
const everyFile =
  "find /usr /etc /var -xdev '(' -iname '*hyperv-kvp*' -o -iname '*hypervkvp*' -o -iname '*hvkvp*' -o -iname '*hv_kvp*' ')' -print | sort";
const ready = [namespaces, program('rpmbuild'), program('strip'), program('dnf')];
const seenPools = `stat --format '%n %U:%G %a' ${pools} ${pools}/.kvp_pool_*; cat ${pools}/.kvp_pool_1`;
const started = [
  'preset hypervkvpd.service',
  'daemon-reload',
  'is-enabled --quiet hypervkvpd.service',
  'restart hypervkvpd.service',
];

let ours = '';
beforeAll(() => {
  needs(...ready);
  ours = buildOurs('rpm');
});
beforeEach(() => {
  needs(...ready);
});

describe('the RPM', () => {
  it.each([
    ['16.20.2', false],
    ['18.20.8', false],
    ['20.18.3', false],
    ['20.20.2', true],
    ['22.2.0', false],
    ['22.23.1', true],
  ])('of Red Hat’s Nodes, which have an epoch, %s is enough: %s', (version, isEnough) => {
    const guest = Guest.forRpm(ours);
    guest.install(guest.put(nodejs(version)));
    const { status, stderr } = guest.try(`rpm --install --test ${guest.put(ours)}`);
    expect(status === 0, stderr).toBe(isEnough);
    if (!isEnough) expect(stderr).toContain('nodejs(engine) >= 20.19.0');
  });

  it('runs once it is installed, and is enabled by the system’s presets', () => {
    const guest = Guest.forRpm(ours);
    guest.install(guest.put(nodejs('20.20.2')), guest.put(ours));
    expect(guest.run('hvkvp --version; /usr/sbin/hypervkvpd --help | head -1; rpm --verify hyperv-kvp')).toBe(
      `${version}\nUsage: hv_kvp_daemon [options]`,
    );
    expect(guest.toldSystemd()).toEqual(started);
    expect(guest.run('cat /usr/lib/systemd/system-preset/85-hyperv-kvp.preset')).toContain('enable hypervkvpd.service');
    expect(guest.run('getent passwd hyperv-kvp')).toMatch(/^hyperv-kvp:/);
    expect(guest.run('grep -o "/usr/.*/hyperv-kvp-helper" /usr/lib/systemd/system/hyperv-kvp-helper.service')).toBe(
      '/usr/libexec/hyperv-kvp/hyperv-kvp-helper',
    );
  });

  it('says what it is, whom it is from, and what its scripts need', () => {
    expect(query(ours, '--queryformat', '%{URL} %{BUILDHOST} %{LICENSE}')).toMatch(
      /^https:\S+ localhost BSD-2-Clause AND/,
    );
    expect(query(ours, '--changelog')).toContain(` - ${version}-1\n- Version ${version}`);
    const needed = query(ours, '--queryformat', '[%{REQUIRENAME} %{REQUIREFLAGS:deptype}\\n]');
    for (const each of ['systemd post', 'systemd preun', 'systemd postun', 'coreutils post', 'findutils postun']) {
      expect(needed).toContain(each);
    }
  });

  it('is not installed beside the stock daemon, neither before it nor after it', () => {
    const guest = Guest.forRpm(ours);
    guest.install(guest.put(nodejs('20.20.2')), guest.put(hypervkvpd('6.10')));
    expect(guest.try(`rpm --install ${guest.put(ours)}`).stderr).toContain('hypervkvpd conflicts with hyperv-kvp');
    guest.run('rpm --erase hypervkvpd');
    guest.install(guest.put(ours));
    expect(guest.try('rpm --install /packages/hypervkvpd-6.10.rpm').stderr).toContain('conflicts');
  });
});

describe('the RPM in the place of the stock daemon', () => {
  /** By dnf, as the others' requirement: nobody has asked for each daemon by name. */
  function stockGuest(): Guest {
    const guest = Guest.forRpm(ours);
    for (const each of [nodejs('20.20.2'), hypervkvpd('6.10'), ...others]) guest.put(each);
    guest.dnf('install', 'hyperv-daemons');
    guest.run(`cd ${pools}
      for pool in 0 1 2 3 4; do printf 'record %s' $pool > .kvp_pool_$pool; chmod 644 .kvp_pool_$pool; done
      chmod 600 .kvp_pool_1; chown 7:8 .kvp_pool_3; rm -f /systemctl`);
    return guest;
  }

  it('keeps the pools with owners and modes, is enabled and started again, and leaves the other daemons', () => {
    const guest = stockGuest();
    const before = guest.run(seenPools);
    guest.dnf('install', '--allowerasing', guest.put(ours));
    expect(guest.run(seenPools)).toBe(before);
    expect(guest.run(`ls -A ${state}`)).toBe('');
    expect(['hypervkvpd', 'hypervvssd', 'hypervfcopyd'].map((name) => guest.has(name))).toEqual([false, true, true]);
    expect(guest.run('rpm --verify hyperv-kvp; head -c 9 /usr/sbin/hv_kvp_daemon')).toBe('#!/bin/sh');
    const told = guest.toldSystemd();
    // The stock daemon's scriptlet, on the unit that is ours by now.
    const disabled = told.indexOf('--no-reload disable --now hypervkvpd.service');
    expect(told[disabled - 1]).toMatch(/^stop hypervkvpd\.service/);
    expect(told.slice(disabled + 1)).toEqual(started);
  });

  it('gives it back the pools, and its unit', () => {
    const guest = stockGuest();
    guest.dnf('install', '--allowerasing', guest.put(ours));
    guest.run(`chown hyperv-kvp ${pools}/.kvp_pool_0; rm /systemctl`);
    guest.dnf('swap', 'hyperv-kvp', 'hypervkvpd');
    expect(guest.run(seenPools)).toContain(`${pools}/.kvp_pool_0 root:root 644\n${pools}/.kvp_pool_1 root:root 600`);
    expect(guest.run('rpm --verify hypervkvpd; cat /usr/sbin/hv_kvp_daemon')).toBe('stock');
    expect(guest.toldSystemd().slice(-2)).toEqual(['preset hypervkvpd.service', 'daemon-reload']);
  });

  it('has what was put aside in a change that was cut off, where nothing newer is', () => {
    const guest = stockGuest();
    guest.run(
      `mkdir -p ${state}; cp -a ${pools} ${state}/saved-pools; rm ${pools}/.kvp_pool_4; printf new > ${pools}/.kvp_pool_0`,
    );
    guest.dnf('install', '--allowerasing', guest.put(ours));
    expect(guest.run(`cat ${pools}/.kvp_pool_4; stat --format %a ${pools}/.kvp_pool_1; ls -A ${state}`)).toBe(
      'record 4600',
    );
  });
});

describe('the RPM, later', () => {
  it('is upgraded and erased: pools and the user stay, and nothing else', () => {
    const guest = Guest.forRpm(ours);
    guest.install(guest.put(nodejs('20.20.2')));
    const before = guest.run(everyFile);
    guest.install(guest.put(ours));
    guest.run(`mkdir -p ${pools} ${state}; printf x > ${pools}/.kvp_pool_1; chmod 600 ${pools}/.kvp_pool_1
      touch ${state}/boot; rm /systemctl`);
    guest.run(`rpm --upgrade --replacepkgs ${guest.put(ours)}`);
    expect(guest.toldSystemd()).toEqual(started.slice(1));
    guest.run('rpm --erase hyperv-kvp');
    expect(guest.run(`stat --format %a:%U ${pools}/.kvp_pool_1; getent passwd hyperv-kvp | cut -d: -f1`)).toBe(
      '600:root\nhyperv-kvp',
    );
    expect(guest.run(everyFile)).toBe(before);
  });

  it('is laid into an image as rpm-ostree does it: no service runs, and /var cannot be written to', () => {
    const guest = Guest.forRpm(ours);
    const said = guest.run(`mv /var/lib/rpm /usr/share/rpm; rm -rf /run/systemd; mount -t tmpfs -o ro tmpfs /var
      printf '%%_dbpath /usr/share/rpm\n%%_tmppath /tmp\n' > /etc/rpm/macros
      rpm --upgrade ${guest.put(nodejs('20.20.2'))} ${guest.put(ours)} 2>&1
      hvkvp --version; getent passwd hyperv-kvp; cat /systemctl`);
    expect(said).toMatch(/^\d+\.\d+\.\d+\nhyperv-kvp:.*\npreset hypervkvpd\.service$/m);
  });

  it('has its module in the policy of SELinux, and its labels, before it starts; and takes it out again', () => {
    const guest = Guest.forRpm(ours);
    guest.run(`mkdir -p /etc/selinux ${state}; touch /etc/selinux/config
      for each in semodule restorecon; do
        rm -f /usr/sbin/$each
        printf '#!/bin/sh\\necho "%s $*" >> /systemctl\\n' $each > /usr/sbin/$each; chmod 755 /usr/sbin/$each
      done`);
    guest.install(guest.put(nodejs('20.20.2')), guest.put(ours));
    const [first, ...others] = guest.toldSystemd();
    expect(first).toBe('semodule -X 200 -i /usr/share/selinux/packages/hyperv_kvp.cil');
    expect(others.slice(0, 2)).toEqual(['restorecon -RF /usr/libexec/hyperv-kvp', `restorecon -RF ${state}`]);
    expect(others.slice(2)).toEqual(started);
    expect(guest.run('cat /usr/share/selinux/packages/hyperv_kvp.cil')).toContain('hypervkvp_var_lib_t');
    guest.run('rpm --erase hyperv-kvp');
    expect(guest.toldSystemd()).toContain('semodule -X 200 -r hyperv_kvp');
  });

  it('brings its own Node where the system’s is too old, and goes from one to the other without a newer version', () => {
    const standalone = buildOurs('rpm', '--standalone');
    const guest = Guest.forRpm(standalone);
    guest.install(guest.put(nodejs('16.20.2')), guest.put(standalone));
    expect(
      guest.run('mv /usr/bin/node /usr/bin/other; hvkvp --version; readlink -f /usr/libexec/hyperv-kvp/bin/node'),
    ).toBe(`${version}\n/usr/libexec/hyperv-kvp/bin/node`);
    guest.run('mv /usr/bin/other /usr/bin/node');
    guest.install(guest.put(nodejs('20.20.2')));
    guest.dnf('reinstall', guest.put(ours));
    expect(guest.run('readlink /usr/libexec/hyperv-kvp/bin/node; hvkvp --version')).toBe(
      `../../../bin/node\n${version}`,
    );
  });
});

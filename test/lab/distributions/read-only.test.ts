import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { buildOurs, Guest } from './guest.ts';
import { nodejs } from './stand-ins.ts';

const checkout = join(import.meta.dirname, '../../..');

describe('systems that are read-only', () => {
  beforeEach(() => {
    needs(namespaces, program('rpmbuild'), program('strip'), program('mksquashfs'), program('unsquashfs'));
  });

  it('the RPM is laid into an image as rpm-ostree does it: no service runs, and /var is not there to be written to', () => {
    const ours = buildOurs('rpm');
    const guest = Guest.forRpm(ours);
    const said = guest.run(`mv /var/lib/rpm /usr/share/rpm; rm -rf /run/systemd; mount -t tmpfs -o ro tmpfs /var
      printf '%%_dbpath /usr/share/rpm\n%%_tmppath /tmp\n' > /etc/rpm/macros
      rpm --upgrade ${guest.put(nodejs('20.20.2'))} ${guest.put(ours)} 2>&1
      hvkvp --version; getent passwd hyperv-kvp; cat /systemctl`);
    expect(said).toMatch(/^\d+\.\d+\.\d+\nhyperv-kvp:.*\npreset hypervkvpd\.service$/m);
  });

  it('the extension image has nothing outside of /usr, and no folder where one of these systems has a link', () => {
    const image = execFileSync('node', [join(checkout, 'packaging/sysext/build.mjs')], { encoding: 'utf8' }).trim();
    const paths = execFileSync('unsquashfs', ['-l', '-d', '', image], { encoding: 'utf8' }).trim().split('\n');
    expect(paths.filter((path) => path !== '' && !/^\/usr(\/|$)/.test(path))).toEqual([]);
    expect(paths.filter((path) => /^\/usr\/(sbin|lib64)(\/|$)/.test(path))).toEqual([]);
  });
});

describe('a user that is not in /etc/passwd', () => {
  const folder = join(checkout, 'build/extrausers');

  beforeEach(() => {
    needs(namespaces, program('apt-get'), program('dpkg'));
  });

  it('is the daemon’s, found by the system’s own look-up', () => {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const words = ['download', '--quiet', '--option=APT::Sandbox::User=root', 'libnss-extrausers'];
    execFileSync('apt-get', words, { cwd: folder, stdio: 'ignore' });
    const [file = ''] = readdirSync(folder);
    const guest = new Guest();
    const check = `${checkout}/dist/bin/hv_kvp_daemon --check-config 2>&1`;
    const said = guest.run(`dpkg --unpack ${guest.put(join(folder, file))} > /log
      printf '[privileges]\nuser = "elsewhere"\n' > /etc/hyperv-kvp.toml
      ${check}; mkdir -p /var/lib/extrausers
      echo 'elsewhere:x:61234:61234::/:/usr/sbin/nologin' > /var/lib/extrausers/passwd
      sed -i 's/^passwd:.*/passwd: files extrausers/' /etc/nsswitch.conf
      echo then; ${check}`);
    const [before, after] = said.split('then');
    expect(before).toContain('there is no user elsewhere');
    expect(after).not.toContain('there is no user');
  });
});

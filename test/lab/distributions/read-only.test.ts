import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { Guest } from './guest.ts';

const checkout = join(import.meta.dirname, '../../..');

describe('the extension image', () => {
  beforeEach(() => {
    needs(program('strip'), program('mksquashfs'), program('unsquashfs'));
  });

  it('has nothing outside of /usr, and no folder where a system may have a link', () => {
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

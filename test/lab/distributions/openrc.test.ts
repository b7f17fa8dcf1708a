import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { namespaces, needs, program } from '../../support/needs.ts';
import { Guest } from './guest.ts';

const checkout = join(import.meta.dirname, '../../..');
const ready = [namespaces, program('apt-get'), program('dpkg')];
const pool = '/var/lib/hyperv/.kvp_pool_1';
/** What a boot has made before services start. */
const marks = ['starting', 'started', 'stopping', 'inactive', 'wasinactive', 'failed', 'hotplugged'];
const booted = `mkdir -p ${[...marks, 'daemons', 'exclusive', 'options', 'scheduled', 'tmp'].map((name) => `/run/openrc/${name}`).join(' ')}
  touch /run/openrc/softlevel; mount -t tmpfs tmpfs /sys; mkdir -p /sys/bus/vmbus`;
const daemons = 'pgrep -x hv_kvp_daemon || :';

let packages: readonly string[] = [];
beforeAll(() => {
  needs(...ready);
  const folder = join(checkout, 'build/openrc');
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const words = ['download', '--quiet', '--option=APT::Sandbox::User=root', 'openrc', 'librc1', 'libeinfo1'];
  execFileSync('apt-get', words, { cwd: folder, stdio: 'ignore' });
  packages = readdirSync(folder).map((name) => join(folder, name));
});
beforeEach(() => {
  needs(...ready);
});

describe('the script for OpenRC, run by Debian’s', () => {
  it('starts the daemon, reloads its configuration, has it back after a kill, stops it, and leaves the pools', () => {
    const guest = machine();
    const said = guest.run(`${booted}; mkdir -p /var/lib/hyperv; printf kept > ${pool}
      rc-service hyperv-kvp start; ${eventually('[ -S /run/hyperv-kvp/control ]')}
      rc-service hyperv-kvp status; first=$(${daemons})
      rc-service hyperv-kvp reload 2>&1; [ "$(${daemons})" = "$first" ]
      echo 'log_level = "loud"' > /etc/hyperv-kvp.toml; ! rc-service hyperv-kvp reload 2>&1; rm /etc/hyperv-kvp.toml
      kill -KILL "$first"; ${eventually(`second=$(${daemons}); [ -n "$second" ] && [ "$second" != "$first" ]`)}
      rc-service hyperv-kvp stop; [ -z "$(${daemons})" ]
      cat ${pool}`);
    expect(said).toContain('status: started');
    expect(said).toMatch(/hyperv-kvp\.toml.*1.*log_level/s);
    expect(said).toMatch(/kept$/);
  });

  it('does not start where there is no VMBus, and says so', () => {
    const said = machine().run(`${booted}; rm -r /sys/bus/vmbus; ! rc-service hyperv-kvp start 2>&1; ${daemons}`);
    expect(said).toContain('this machine has no VMBus');
  });

  it('does not start beside the stock daemon, whose start has removed the pools, and says how to stop that', () => {
    const guest = machine();
    guest.run(`printf '#!/sbin/openrc-run\\nstart() { rm -rf /var/lib/hyperv; }\\n' > /etc/init.d/hv_kvp_daemon
      chmod 755 /etc/init.d/hv_kvp_daemon`);
    const said = guest.run(`${booted}; rc-service hv_kvp_daemon start; ! rc-service hyperv-kvp start 2>&1; ${daemons}`);
    expect(said).toContain('rc-update del hv_kvp_daemon');
  });
});

/** A machine with OpenRC, as far as services need it. */
function machine(): Guest {
  const guest = new Guest();
  const files = packages.map((file) => guest.put(file));
  guest.run(`dpkg --unpack --force-depends --force-conflicts --no-triggers ${files.join(' ')} > /log 2>&1
    touch /etc/insserv.conf; mkdir -p /etc/conf.d /etc/runlevels
    install -m 755 ${checkout}/packaging/openrc/hyperv-kvp /etc/init.d/
    echo 'hyperv_kvp_daemon=${checkout}/dist/bin/hv_kvp_daemon' > /etc/conf.d/hyperv-kvp
    printf '#!/sbin/openrc-run\\nstart() { :; }\\n' > /etc/init.d/localmount; chmod 755 /etc/init.d/localmount`);
  return guest;
}

/** Waits for what a shell’s condition says, half a minute at most. */
function eventually(condition: string): string {
  return `for _ in $(seq 300); do if ${condition}; then break; fi; sleep 0.1; done; ${condition}`;
}

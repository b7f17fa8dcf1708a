import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkout, type GuestFile } from '../environment/environment.ts';
import { guestPaths } from '../environment/guest-files.ts';

const read = (name: string): string => readFileSync(join(checkout, 'packaging/systemd', name), 'utf8');
const options = `--device ${guestPaths.device} --pool-dir /var/lib/hyperv --config /etc/hyperv-kvp/hyperv-kvp.toml`;
const programs = '/opt/hyperv-kvp/dist/bin';
const output = `StandardOutput=append:${guestPaths.log}\nStandardError=append:${guestPaths.log}\n`;

/** The daemon as packages install it: a user of its own, and root's rights in the helper's units. */
export const packaged: Readonly<Record<string, GuestFile>> = {
  '/etc/sysusers.d/hyperv-kvp.conf': { text: 'u hyperv-kvp - "Hyper-V key-value pair daemon"\n' },
  '/etc/systemd/system/lab-users.service': {
    text: '[Unit]\nDefaultDependencies=no\nBefore=basic.target hyperv-kvp.service hyperv-kvp-helper.socket\n[Service]\nType=oneshot\nRemainAfterExit=yes\nExecStart=/bin/systemd-sysusers\n',
  },
  '/etc/systemd/system/lab.target.d/users.conf': { text: '[Unit]\nWants=lab-users.service\nAfter=lab-users.service\n' },
  '/etc/systemd/system/hyperv-kvp.service': { text: read('hyperv-kvp.service') },
  // Of the daemon's own unit, only the places differ.
  '/etc/systemd/system/hyperv-kvp.service.d/ip-injection.conf': { text: '' },
  '/etc/systemd/system/hyperv-kvp.service.d/lab.conf': {
    text: `[Unit]\nConditionPathExists=\n[Service]\nExecStart=\nExecStart=/usr/local/bin/node ${programs}/hv_kvp_daemon.js -n ${options}\nReadWritePaths=/lab\n${output}`,
  },
  '/etc/systemd/system/hyperv-kvp-helper.socket': { text: read('hyperv-kvp-helper.socket') },
  '/etc/systemd/system/hyperv-kvp-helper.service': { text: read('hyperv-kvp-helper.service') },
  '/etc/systemd/system/hyperv-kvp-helper.service.d/ip-injection.conf': {
    text: read('hyperv-kvp-helper.service.d/ip-injection.conf'),
  },
  '/etc/systemd/system/hyperv-kvp-helper.service.d/lab.conf': {
    text: `[Service]\nExecStart=\nExecStart=/usr/local/bin/node ${programs}/hyperv-kvp-helper.js ${options}\nReadWritePaths=/lab\n${output}`,
  },
};

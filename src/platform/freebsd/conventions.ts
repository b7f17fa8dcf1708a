import type { Conventions } from '../platform.ts';

/** The base system's places and file mode; the rest follows hier(7). */
export const conventions: Conventions = {
  devicePath: '/dev/hv_kvp_dev',
  poolDirectory: '/var/db/hyperv/pool',
  stateDirectory: '/var/db/hyperv-kvp',
  runtimeDirectory: '/var/run/hyperv-kvp',
  helperSocket: '/var/run/hyperv-kvp-helper',
  user: 'hyperv-kvp',
  configurationPath: '/usr/local/etc/hyperv-kvp.toml',
  // hv_kvp.c, hv_kvp_dev_open: it sends that process SIGKILL when the device is destroyed, whether or not it is still open.
  isOpenerTheDaemon: true,
  // if.c, if_setlladdr: a new MAC address sends nothing to route(4).
  reportsLinkChanges: false,
  poolFileMode: 0o600,
  service: { files: ['/usr/local/etc/rc.d/hyperv_kvp'], start: 'service hyperv_kvp start' },
};

import type { Conventions } from '../platform.ts';

/** The stock daemon's places and file mode; the rest follows the Filesystem Hierarchy Standard. */
export const conventions: Conventions = {
  devicePath: '/dev/vmbus/hv_kvp',
  poolDirectory: '/var/lib/hyperv',
  stateDirectory: '/var/lib/hyperv-kvp',
  runtimeDirectory: '/run/hyperv-kvp',
  helperSocket: '/run/hyperv-kvp-helper',
  user: 'hyperv-kvp',
  configurationPath: '/etc/hyperv-kvp.toml',
  isOpenerTheDaemon: false,
  reportsLinkChanges: true,
  poolFileMode: 0o644,
  service: {
    files: ['/etc', '/usr/lib', '/lib'].map((folder) => `${folder}/systemd/system/hyperv-kvp.service`),
    start: 'systemctl start hyperv-kvp',
  },
};

import type { Stack } from './stack.ts';

const succeed = { text: '#!/bin/sh\n', mode: 0o755 };

export const netplan: Stack = {
  name: 'netplan',
  backend: 'auto',
  unit: 'systemd-networkd.service',
  volatile: '/run/systemd/netif/leases/*',
  commands: ['/usr/sbin/netplan', '/usr/bin/networkctl'],
  applies: 'reload',
  files: {
    '/etc/netplan/50-cloud-init.yaml': {
      mode: 0o600,
      text: `network:
  version: 2
  renderer: networkd
  ethernets:
    eth0:
      dhcp4: true
`,
    },
    // There is no udev to be told.
    '/usr/bin/udevadm': succeed,
  },
};

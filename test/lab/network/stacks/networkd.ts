import type { Stack } from './stack.ts';

export const networkd: Stack = {
  name: 'systemd-networkd',
  backend: 'auto',
  unit: 'systemd-networkd.service',
  volatile: '/run/systemd/netif/leases/*',
  commands: ['/usr/bin/networkctl'],
  applies: 'reload',
  files: {
    '/etc/systemd/network/50-eth0.network': { text: '[Match]\nName=eth0\n\n[Network]\nDHCP=ipv4\n' },
  },
};

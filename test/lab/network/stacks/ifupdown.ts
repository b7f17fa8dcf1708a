import type { Stack } from './stack.ts';

export const ifupdown: Stack = {
  name: 'ifupdown',
  backend: 'auto',
  unit: 'networking.service',
  volatile: '/run/network/*',
  commands: ['/usr/sbin/ifup', '/usr/sbin/ifdown'],
  applies: 'ifup eth0',
  files: {
    '/etc/network/interfaces': {
      text: `source /etc/network/interfaces.d/*

auto lo
iface lo inet loopback

auto eth0
iface eth0 inet dhcp
`,
    },
  },
};

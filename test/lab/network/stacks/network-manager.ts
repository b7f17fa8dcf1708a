import type { Stack } from './stack.ts';

export const networkManager: Stack = {
  name: 'NetworkManager',
  backend: 'auto',
  unit: 'NetworkManager.service',
  volatile: '/run/NetworkManager',
  commands: ['/usr/bin/nmcli'],
  applies: 'up',
  files: {
    '/etc/NetworkManager/NetworkManager.conf': {
      text: '[main]\nplugins=keyfile\nno-auto-default=*\nrc-manager=symlink\n',
    },
    '/etc/NetworkManager/system-connections/eth0.nmconnection': {
      mode: 0o600,
      text: `[connection]
id=eth0
uuid=5d3a1c1e-7a3b-4d61-9d57-0d7b1f2f7c10
type=ethernet
interface-name=eth0

[ipv4]
method=auto

[ipv6]
method=auto
`,
    },
  },
};

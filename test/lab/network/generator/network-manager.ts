import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** A profile with what people set in one. */
export function networkManagerMachine(chance: Chance): Machine {
  const bound = chance.some([
    'interface-name=eth0',
    'autoconnect-priority=7',
    'zone=internal',
    'autoconnect-retries=3',
  ]);
  const ethernet = chance.some(['mtu=1400', 'mac-address=00:15:5D:01:02:0A', 'wake-on-lan=0']);
  const ipv4 = chance.oneOf<readonly string[]>([
    ['method=auto'],
    ['method=auto', 'address1=198.51.100.7/24'],
    ['method=manual', 'address1=198.51.100.7/24,198.51.100.1'],
    ['method=manual', 'addresses1=198.51.100.7/24', 'gateway=198.51.100.1'],
    ['method=disabled'],
  ]);
  const others = chance.some([
    'route1=10.77.0.0/16,0.0.0.0,77',
    'routing-rule1=priority 700 from 10.77.0.0/16 table 100',
    'dns-search=example.org;',
    'route-metric=50',
    'may-fail=false',
    '# by hand',
    'dhcp-client-id=mac',
    'dad-timeout=0',
  ]);
  const ipv6 = chance.oneOf<readonly string[]>([
    ['method=auto'],
    ['method=disabled'],
    ['method=manual', 'address1=2001:db8::7/64'],
    ['method=link-local'],
    ['addr-gen-mode=stable-privacy', 'method=auto', 'ip6-privacy=0'],
  ]);
  const sections = chance.shuffled([
    `[ipv4]\n${chance.shuffled([...ipv4, ...others]).join('\n')}\n`,
    `[ipv6]\n${ipv6.join('\n')}\n`,
    ...(ethernet.length > 0 ? [`[ethernet]\n${ethernet.join('\n')}\n`] : []),
    '[proxy]\n',
  ]);
  const connection = ['id=Office', 'uuid=5d3a1c1e-7a3b-4d61-9d57-0d7b1f2f7c10', 'type=ethernet', ...bound];
  const head = `[connection]\n${chance.shuffled(connection).join('\n')}\n`;
  return {
    manager: 'network-manager',
    remove: ['/etc/NetworkManager/system-connections/eth0.nmconnection'],
    files: {
      '/etc/NetworkManager/system-connections/Office.nmconnection': {
        mode: '0600',
        text: `${head}\n${sections.join('\n')}`,
      },
    },
  };
}

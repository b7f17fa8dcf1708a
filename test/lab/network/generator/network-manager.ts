import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** A profile with what people set in one. */
export function networkManagerMachine(chance: Chance): Machine {
  const isBridge = chance.below(6) === 0;
  const bound = [
    ...(isBridge ? ['interface-name=br0'] : chance.some(['interface-name=eth0'])),
    ...chance.some(['autoconnect-priority=7', 'zone=internal', 'autoconnect-retries=3']),
  ];
  const ethernet = isBridge ? [] : chance.some(['mtu=1400', 'mac-address=00:15:5D:01:02:0A', 'wake-on-lan=0']);
  const ipv4 = chance.oneOf<readonly string[]>([
    ['method=auto'],
    ['method=auto', 'address1=198.51.100.7/24'],
    ['method=manual', 'address1=198.51.100.7/24,198.51.100.1'],
    ['method=manual', 'addresses1=198.51.100.7/24', 'gateway=198.51.100.1'],
    // A bridge of nothing but IPv6 goes again where no router answers.
    [isBridge ? 'method=auto' : 'method=disabled'],
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
    'dns=192.0.2.53;192.0.2.54;',
    'dhcp-timeout=20',
    'dhcp-send-hostname=false',
    'dns-priority=40',
    '# address1=192.0.2.7/24',
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
  const type = isBridge ? 'bridge' : 'ethernet';
  const connection = ['id=Office', 'uuid=5d3a1c1e-7a3b-4d61-9d57-0d7b1f2f7c10', `type=${type}`, ...bound];
  const head = `[connection]\n${chance.shuffled(connection).join('\n')}\n`;
  const folder = chance.oneOf(['/etc', '/etc', '/etc', '/run', '/usr/lib'] as const);
  const end = chance.below(5) === 0 ? '\r\n' : '\n';
  const profile = (text: string): { readonly mode: string; readonly text: string } => ({ mode: '0600', text });
  const other = chance.below(4) === 0;
  return {
    manager: 'network-manager',
    ...(isBridge && { owner: 'br0' }),
    ...(other && { links: 'adapter eth1 00:15:5d:01:02:0b\n' }),
    remove: ['/etc/NetworkManager/system-connections/eth0.nmconnection'],
    files: {
      ...(isBridge && {
        '/etc/NetworkManager/system-connections/port.nmconnection': profile(
          '[connection]\nid=port\nuuid=22222222-2222-4222-8222-222222222222\ntype=ethernet\ninterface-name=eth0\nmaster=br0\nslave-type=bridge\n',
        ),
      }),
      ...(other && {
        '/etc/NetworkManager/system-connections/other.nmconnection': profile(
          '[connection]\nid=other\nuuid=33333333-3333-4333-8333-333333333333\ntype=ethernet\ninterface-name=eth1\n\n[ipv4]\nmethod=manual\naddress1=192.0.2.41/24\n',
        ),
      }),
      [`${folder}/NetworkManager/system-connections/Office.nmconnection`]: profile(
        `${head}\n${sections.join('\n')}${isBridge ? '\n[bridge]\nstp=false\nmac-address=00:15:5D:01:02:0A\n' : ''}`.replaceAll(
          '\n',
          end,
        ),
      ),
    },
  };
}

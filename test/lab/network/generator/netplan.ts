import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** A file of netplan with what people write into one, for either renderer. */
export function netplanMachine(chance: Chance): Machine {
  const renderer = chance.oneOf(['networkd', 'networkd', 'NetworkManager'] as const);
  const isBridge = chance.below(6) === 0;
  const match = isBridge
    ? // Else NetworkManager's has no carrier for 30 s.
      ['interfaces: [eth0]', 'parameters: {stp: false, forward-delay: 0}']
    : chance.oneOf<readonly string[]>([
        [],
        ['match: {name: "e*"}'],
        ['match:', '  macaddress: "00:15:5d:01:02:0a"'],
        ['match: {macaddress: 00:15:5d:01:02:0a}', ...(renderer === 'networkd' ? ['set-name: eth0'] : [])],
      ]);
  const id = isBridge ? 'br0' : match.length === 0 ? 'eth0' : chance.oneOf(['lan', 'eth0', '"01-lan"']);
  const addressing = chance.oneOf<readonly string[]>([
    ['dhcp4: true'],
    ['dhcp4: yes', 'dhcp6: no'],
    ['addresses: [198.51.100.7/24]', 'routes: [{to: default, via: 198.51.100.1}]'],
    ['addresses:', '- 198.51.100.7/24', '- "2001:db8::7/64"', 'gateway4: 198.51.100.1'],
    ['addresses: ["2001:db8::7/64"]', 'accept-ra: false'],
    ['addresses: ["2001:db8::7/64"]', 'routes:', '- {to: "::/0", via: "2001:db8::1"}'],
    ['critical: true', 'addresses: [198.51.100.7/24, "2001:db8::7/64"]'],
    ['addresses:', '  - 198.51.100.7/24:', '      label: "eth0:x"', '  - 198.51.100.8/24'],
  ]);
  const others = chance.some([
    // systemd-networkd makes a bridge with its MTU, which its port changes; the next change of anything would set it.
    ...(isBridge && renderer === 'networkd' ? [] : [['mtu: 1400']]),
    ['optional: true'],
    chance.oneOf([
      ['nameservers: {search: [example.org]}'],
      ['nameservers:', '  addresses: [192.0.2.53] # the old one', '  search: ["example.org"]'],
    ]),
    chance.oneOf([['dhcp4-overrides:', '  route-metric: 50'], ['dhcp4-overrides: {use-dns: false, route-metric: 50}']]),
    // Which netplan cannot tell NetworkManager.
    ...(renderer === 'networkd'
      ? [
          ['routing-policy:', '- from: 10.77.0.0/16', '  table: 100', '  priority: 700'],
          ['optional-addresses: [dhcp4]'],
          ['link-local: [ipv6]'],
          ['ignore-carrier: true'],
        ]
      : []),
    ['# by hand'],
    ...(isBridge ? [] : [['wakeonlan: true']]),
  ]);
  const keys = chance.shuffled([addressing, ...others]);
  const lines = [...match, ...keys.flat()].map((line) => `      ${line}\n`).join('');
  // A bridge that cloud-init writes again at each boot is refused.
  const name = chance.oneOf(['01-netcfg', isBridge ? '50-lan' : '50-cloud-init', '99-site', 'lan'] as const);
  const port = isBridge ? '    eth0: {}\n  bridges:\n' : '';
  const other = chance.below(4) === 0 ? '  ethernets:\n    eth1:\n      addresses: [192.0.2.41/24]\n' : undefined;
  const head = `network:\n  version: 2\n  renderer: ${renderer}\n  ethernets:\n${port}`;
  const end = chance.below(5) === 0 ? '\r\n' : '\n';
  const isNetworkd = renderer === 'networkd';
  const dropIn = chance.oneOf<string>([
    '',
    '',
    '[Link]\nRequiredForOnline=no\n\n[Route]\nDestination=10.77.0.0/16\nScope=link\nMetric=77\n',
    '[Network]\nAddress=198.51.100.9/24\nDomains=drop-in.example\n',
    '[Network]\nAddress=\nAddress=198.51.100.9/24\n',
    '[RoutingPolicyRule]\nFrom=10.77.0.0/16\nTable=100\nPriority=701\n\n[Network]\nGateway=198.51.100.1\n',
  ]);
  return {
    manager: isNetworkd ? 'netplan' : 'network-manager',
    remove: [
      isNetworkd ? '/etc/netplan/50-cloud-init.yaml' : '/etc/NetworkManager/system-connections/eth0.nmconnection',
    ],
    ...(isBridge && { owner: 'br0' }),
    ...((other !== undefined || chance.below(6) === 0) && { links: 'adapter eth1 00:15:5d:01:02:0b\n' }),
    files: {
      ...(other !== undefined && { '/etc/netplan/55-other.yaml': `network:\n  version: 2\n${other}` }),
      // There is no udev to be told.
      '/usr/bin/udevadm': { text: '#!/bin/sh\n', mode: '0755' },
      ...(isNetworkd &&
        dropIn !== '' && { [`/etc/systemd/network/10-netplan-${id.replaceAll('"', '')}.network.d/site.conf`]: dropIn }),
      [`/etc/netplan/${name}.yaml`]: `${chance.oneOf(['', '# site\n'])}${head}    ${id}:\n${lines}`.replaceAll(
        '\n',
        end,
      ),
    },
  };
}

import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** interfaces(5) with what people write into it. */
export function ifupdownMachine(chance: Chance): Machine {
  const isBridge = chance.below(6) === 0;
  const name = isBridge ? 'br0' : chance.oneOf(['eth0', 'eth0', 'office'] as const);
  const owner = isBridge ? 'br0' : 'eth0';
  const indent = chance.oneOf(['    ', '\t', '  ']);
  const options = chance.some([
    'mtu 1400',
    'metric 50',
    `up ip route add 10.77.0.0/16 dev ${owner} || true`,
    'post-up ip rule add from 10.77.0.0/16 table 100 priority 700 || true',
    'pre-down ip rule del priority 700 || true',
    'pre-up : > /run/firewall-loaded',
    '# by hand, do not remove',
    'dns-nameservers 192.0.2.53',
    'dns-search example.org corp.example',
    'hostname guest',
    '#up ip route add 10.78.0.0/16 dev eth0',
    'down rm -f /run/firewall-loaded',
    `up ip route add default via 198.51.100.1 dev ${owner} onlink table 100 || true`,
    'up echo one \\\n        two > /run/continued',
  ]);
  const addressing = chance.oneOf<readonly string[]>([
    ['dhcp'],
    ['static', 'address 198.51.100.7/24', 'gateway 198.51.100.1'],
    ['static', 'address 198.51.100.7', 'netmask 255.255.255.0', 'broadcast +'],
    ['static', 'address 198.51.100.7', 'netmask 24', 'network 198.51.100.0', 'gateway 198.51.100.1'],
    ['manual'],
    [],
  ]);
  const [method, ...values] = addressing;
  // DHCP's method heeds no MTU, and a static address would make it hold.
  const bridge = isBridge ? ['bridge_ports eth0', 'bridge_stp off', 'bridge_fd 0', 'bridge_maxwait 0'] : [];
  const heeded = options.filter((option) => method !== 'dhcp' || !option.startsWith('mtu'));
  const stanza = (family: string, how: string, lines: readonly string[]): string =>
    `iface ${name} ${family} ${how}\n${lines.map((line) => `${indent}${line}\n`).join('')}`;
  const further = chance.some([
    ...(method === undefined ? [] : [stanza('inet6', 'static', ['address 2001:db8::7/64', 'accept_ra 0'])]),
    stanza('inet', 'static', ['address 198.51.100.9/24', 'up : > /run/second']),
    'iface eth7 inet manual\n    mtu 9000\n',
    '# vlan 7 is the phones\n',
  ]);
  const first =
    method === undefined
      ? stanza('inet6', 'static', ['address 2001:db8::7/64', ...bridge, ...heeded])
      : stanza('inet', method, [...bridge, ...chance.shuffled([...values, ...heeded])]);
  // What makes a bridge comes before what needs it.
  const stanzas = isBridge ? [first, ...further] : [...chance.shuffled([first, ...further])];
  const selection = chance.below(3) > 0 || name !== 'eth0' ? 'auto' : 'allow-auto';
  const alias = name === 'eth0' && chance.below(4) === 0 ? ' eth0:1' : '';
  if (alias !== '') stanzas.push('iface eth0:1 inet static\n    address 198.51.100.78/24\n    up : > /run/alias\n');
  const other = chance.below(4) === 0 ? 'auto eth1\niface eth1 inet static\n    address 192.0.2.41/24\n' : undefined;
  const auto = `${selection} ${name === owner ? name : `eth0=${name}`}${alias}\n`;
  const own = `${auto}\n${stanzas.join('\n')}`;
  const lead = 'auto lo\niface lo inet loopback\n\n';
  const inclusion = chance.oneOf(['source /etc/network/interfaces.d/*', 'source-directory /etc/network/interfaces.d']);
  const isApart = chance.below(2) === 0;
  return {
    manager: 'ifupdown',
    remove: [],
    ...(isBridge && { owner, packages: ['bridge-utils'] }),
    ...(other !== undefined && { links: 'adapter eth1 00:15:5d:01:02:0b\n' }),
    files: {
      ...(isApart
        ? {
            '/etc/network/interfaces': `${lead}${inclusion}\n`,
            '/etc/network/interfaces.d/lan': own,
          }
        : {
            '/etc/network/interfaces': `${lead}${other === undefined ? '' : 'source /etc/network/interfaces.d/*\n\n'}${own}`,
          }),
      ...(other !== undefined && { '/etc/network/interfaces.d/other': other }),
    },
  };
}

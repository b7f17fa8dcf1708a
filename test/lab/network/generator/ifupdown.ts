import type { Chance } from './chance.ts';
import type { Machine } from './machines.ts';

/** interfaces(5) with what people write into it. */
export function ifupdownMachine(chance: Chance): Machine {
  const name = chance.oneOf(['eth0', 'eth0', 'office'] as const);
  const indent = chance.oneOf(['    ', '\t', '  ']);
  const options = chance.some([
    'mtu 1400',
    'metric 50',
    'up ip route add 10.77.0.0/16 dev eth0 || true',
    'post-up ip rule add from 10.77.0.0/16 table 100 priority 700 || true',
    'pre-down ip rule del priority 700 || true',
    'pre-up : > /run/firewall-loaded',
    '# by hand, do not remove',
    'down rm -f /run/firewall-loaded',
    'up ip route add default via 198.51.100.1 dev eth0 onlink table 100 || true',
    'up echo one \\\n        two > /run/continued',
  ]);
  const addressing = chance.oneOf<readonly string[]>([
    ['dhcp'],
    ['static', 'address 198.51.100.7/24', 'gateway 198.51.100.1'],
    ['static', 'address 198.51.100.7', 'netmask 255.255.255.0', 'broadcast +'],
    ['static', 'address 198.51.100.7', 'netmask 24', 'network 198.51.100.0', 'gateway 198.51.100.1'],
    ['manual'],
  ]);
  const [method = '', ...values] = addressing;
  // DHCP's method heeds no MTU, and a static address would make it hold.
  const heeded = options.filter((option) => method !== 'dhcp' || !option.startsWith('mtu'));
  const stanza = (family: string, how: string, lines: readonly string[]): string =>
    `iface ${name} ${family} ${how}\n${lines.map((line) => `${indent}${line}\n`).join('')}`;
  const further = chance.some([
    stanza('inet6', 'static', ['address 2001:db8::7/64', 'accept_ra 0']),
    stanza('inet', 'static', ['address 198.51.100.9/24', 'up : > /run/second']),
    'iface eth7 inet manual\n    mtu 9000\n',
    '# vlan 7 is the phones\n',
  ]);
  const stanzas = chance.shuffled([stanza('inet', method, chance.shuffled([...values, ...heeded])), ...further]);
  const selection =
    chance.oneOf(['auto', 'auto', 'allow-hotplug']) === 'auto' || name !== 'eth0' ? 'auto' : 'allow-auto';
  const auto = `${selection} ${name === 'eth0' ? name : `eth0=${name}`}\n`;
  const own = `${auto}\n${stanzas.join('\n')}`;
  const lead = 'auto lo\niface lo inet loopback\n\n';
  const isApart = chance.below(2) === 0;
  return {
    manager: 'ifupdown',
    remove: [],
    files: isApart
      ? {
          '/etc/network/interfaces': `${lead}source /etc/network/interfaces.d/*\n`,
          '/etc/network/interfaces.d/lan': own,
        }
      : { '/etc/network/interfaces': `${lead}${own}` },
  };
}

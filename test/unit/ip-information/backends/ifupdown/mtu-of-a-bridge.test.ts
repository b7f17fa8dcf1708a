import { expect, it } from 'vitest';
import { ifupdown } from '../../../../../src/ip-information/backends/ifupdown/ifupdown.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { changes, filesOf, planOf } from '../../support/plans.ts';

const main = '/etc/network/interfaces';
const hook = '    up ip link set dev $IFACE mtu $IF_MTU';
const stanza = (method: string, lines: string): string =>
  `auto eth0\niface eth0 inet ${method}\n${lines}    mtu 1400\n    bridge_ports none\n`;
const dhcp = { dhcpEnabled: true, addresses: '', subnets: '' };

async function changed(text: string, request: object) {
  const files = { [main]: text, '/run/network/ifstate': 'lo=lo\neth0=eth0\n' };
  const plan = await planOf(ifupdown, files, { addressFamily: AddressFamily.ipv4, ...request });
  return changes(text, filesOf(plan)[main]);
}

it('is kept with DHCP by a hook that runs when hooks of packages have made the bridge, and goes with DHCP', async () => {
  const { come } = await changed(stanza('static', '    address 192.168.1.4/24\n'), dhcp);
  expect(come).toEqual(['iface eth0 inet dhcp', hook]);
  const { gone } = await changed(stanza('dhcp', `${hook}\n`), {});
  expect(gone).toEqual(['iface eth0 inet dhcp', hook]);
});

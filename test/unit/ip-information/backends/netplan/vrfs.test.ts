import { expect, it } from 'vitest';
import { netplan } from '../../../../../src/ip-information/backends/netplan/netplan.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { changes, filesOf, networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/netplan/50.yaml';
const inForce = networkdHas('/run/systemd/network/10-netplan-eth0.network');
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

it('a gateway goes from the VRF that the adapter has to itself, but from no other', async () => {
  const blue = (interfaces: string): string =>
    `network:
  version: 2
  ethernets:
    eth0:
      addresses: [192.168.1.4/24]
  vrfs:
    blue:
      table: 10
      interfaces: [${interfaces}]
      routes:
      - {to: default, via: 192.168.1.1, metric: 50}
      - {to: 172.16.0.0/12, via: 192.168.1.254}
    green: {table: 20, interfaces: [], routes: [{to: default, via: 192.168.2.1}]}
`;
  const alone = filesOf(await planOf(netplan, { ...inForce, [path]: blue('eth0') }, request))[path];
  expect(changes(blue('eth0'), alone)).toEqual({
    gone: ['      addresses: [192.168.1.4/24]', '      - {to: default, via: 192.168.1.1, metric: 50}'],
    come: ['      addresses: [10.0.0.4/24]', '      routes: [{to: 0.0.0.0/0, via: 10.0.0.1}]'],
  });
  const text = blue('eth0, eth1');
  const shared = filesOf(await planOf(netplan, { ...inForce, [path]: text }, request))[path];
  expect(changes(text, shared).gone).toEqual(['      addresses: [192.168.1.4/24]']);
});

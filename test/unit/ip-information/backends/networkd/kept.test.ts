import { describe, expect, it } from 'vitest';
import { networkd } from '../../../../../src/ip-information/backends/networkd/networkd.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/systemd/network/20-lan.network';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

describe('a .network file', () => {
  it.each(['static', 'yes'])('with KeepConfiguration=%s loses what would be kept, both ways', async (kept) => {
    const addresses = 'Address=192.168.1.4/24\nAddress=2001:db8::9/64\nGateway=192.168.1.1';
    const text = `[Match]\nName=eth0\n[Network]\nKeepConfiguration=${kept}\n${addresses}\n`;
    const { commands, undo } = await planOf(networkd, { ...networkdHas(path), [path]: text }, request);
    const lines = [commands, undo.commands].map((all) => all.map(({ program, args }) => [program, ...args].join(' ')));
    expect(lines).toEqual([
      [
        'ip -4 route delete default via 192.168.1.1 dev eth0',
        'ip -4 address delete 192.168.1.4/24 dev eth0',
        'networkctl reload',
      ],
      [
        'ip -4 route delete default via 10.0.0.1 dev eth0',
        'ip -4 address delete 10.0.0.4/24 dev eth0',
        ...['networkctl reload', 'networkctl reconfigure eth0'],
      ],
    ]);
  });

  it.each([
    ['dhcp', true],
    ['static', false],
    ['no', false],
  ])('with KeepConfiguration=%s has the address of its lease taken away: %j', async (kept, isTaken) => {
    const text = `[Match]\nName=eth0\n[Network]\nDHCP=ipv4\nKeepConfiguration=${kept}\n`;
    const lease = { '/run/systemd/netif/leases/2': 'ADDRESS=192.168.1.4\nNETMASK=255.255.255.0\n' };
    const { commands } = await planOf(networkd, { ...networkdHas(path), ...lease, [path]: text }, request);
    const [first] = commands.map(({ program, args }) => [program, ...args].join(' '));
    expect(first).toBe(isTaken ? 'ip -4 address delete 192.168.1.4/24 dev eth0' : 'networkctl reload');
  });
});

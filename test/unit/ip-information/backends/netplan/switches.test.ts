import { describe, expect, it } from 'vitest';
import { netplan } from '../../../../../src/ip-information/backends/netplan/netplan.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { filesOf, networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/netplan/50.yaml';

const inForce = (id: string) => networkdHas(`/run/systemd/network/10-netplan-${id}.network`);

function yaml(definitions: string): string {
  return `network:\n  version: 2\n  ethernets:\n${definitions}`;
}

describe('a definition', () => {
  it.each([
    '    eth0:\n      dhcp4: true\n',
    '    eth0:\n      accept-ra: false\n',
    '    eth0:\n      accept-ra: true # by the site\n      dhcp6: yes\n',
    '    eth0: {dhcp4: true}\n',
    '    eth0: {dhcp6: true, accept-ra: on, dhcp4: true} # by the site\n',
    '    eth0: {\n      dhcp4: true,   # by the site\n    }\n',
  ])('is as it was, %j, once IPv6 has no addresses any more', async (definition) => {
    const text = yaml(definition);
    const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '64', gateways: '' };
    const written = filesOf(await planOf(netplan, { ...inForce('eth0'), [path]: text }, ipv6))[path] ?? '';
    expect(written).toContain('accept-ra: false');
    const removal = { ...ipv6, addresses: '', subnets: '' };
    expect(filesOf(await planOf(netplan, { ...inForce('eth0'), [path]: written }, removal))[path]).toBe(text);
  });
});

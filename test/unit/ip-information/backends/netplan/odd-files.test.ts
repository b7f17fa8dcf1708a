import { describe, expect, it } from 'vitest';
import { netplan } from '../../../../../src/ip-information/backends/netplan/netplan.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { filesOf, networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/netplan/50.yaml';
const own = '/etc/netplan/90-hyperv-kvp-eth0.yaml';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

const inForce = (id: string) => networkdHas(`/run/systemd/network/10-netplan-${id}.network`);

function yaml(definitions: string, further = ''): string {
  return `network:\n  version: 2\n  ethernets:\n${definitions}${further}`;
}

describe('a definition', () => {
  it.each([
    ['has the byte order mark of another editor', '\ufeff', 'to: default, via: 192.168.1.1'],
    ['writes its default route in another way', '', 'to: "0:0::/0", via: "fe80::1"'],
  ])('is changed where it stands if it %s', async (_, mark, route) => {
    const text = `${mark}${yaml(`    eth0:\n      dhcp4: true\n      routes: [{${route}}]\n`)}`;
    const both = { addresses: '10.0.0.4;2001:db8::4', subnets: '24;64', gateways: '10.0.0.1;2001:db8::1' };
    const plan = await planOf(netplan, { ...inForce('eth0'), [path]: text }, both);
    const written = Buffer.from(filesOf(plan)[path] ?? '', 'latin1').toString();
    expect(written.startsWith(`${mark}network:`)).toBe(true);
    expect(written.match(/via: [^,}]+/g)?.toSorted()).toEqual(['via: "2001:db8::1"', 'via: 10.0.0.1']);
  });

  it.each([
    ['has a key twice, which netplan lets pass', yaml('    eth1: {}\n', '  ethernets:\n    eth2: {}\n')],
    ['has a second document', yaml('    eth1: {}\n', '---\n')],
    ['is longer than any that somebody wrote', `# ${'x'.repeat(70_000)}\n`],
  ])('is left as it is where a file beside it %s', async (_, other) => {
    const files = { ...inForce('eth0'), [path]: yaml('    eth0: {dhcp4: true}\n'), '/etc/netplan/60.yaml': other };
    await expect(planOf(netplan, files, request)).rejects.toThrow('/etc/netplan/60.yaml is not in a form of YAML');
  });

  it('is not taken for one if its match is empty', async () => {
    const files = { ...inForce('lan'), [path]: yaml('    lan: {match: {}, dhcp4: true}\n') };
    const written = filesOf(await planOf(netplan, files, request));
    expect(Object.keys(written)).toEqual([own]);
    expect(written[own]).toContain('match:\n        macaddress: "00:15:5d:01:02:0a"\n      dhcp4: false');
  });
});

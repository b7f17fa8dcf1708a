import { describe, expect, it } from 'vitest';
import { netplan } from '../../../../../src/ip-information/backends/netplan/netplan.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { changes, filesOf, networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/netplan/50.yaml';
const own = '/etc/netplan/90-hyperv-kvp-eth0.yaml';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

function yaml(definitions: string): string {
  return `network:\n  version: 2\n  ethernets:\n${definitions}`;
}

describe('the drop-ins beside the file that netplan makes', () => {
  const generated = '/run/systemd/network/10-netplan-eth0.network';
  const folder = '/etc/systemd/network/10-netplan-eth0.network.d';
  const site = `[Link]
MTUBytes=1400

[Network]
Address=
Address=192.168.1.9/24
Address=2001:db8::9/64
DHCP=ipv4
Domains=corp.example
DNS=192.168.1.53

[Route]
Gateway=192.168.1.1

[Route]
Destination=10.77.0.0/16
Gateway=192.168.1.2
PreferredSource=192.168.1.9
`;
  const files = {
    ...networkdHas(generated),
    [generated]: '[Match]\nName=eth0\n\n[Network]\nDHCP=ipv4\n',
    [`${folder}/site.conf`]: site,
  };

  it('have no address of the families of the request any more, and keep all else (rules 1 to 3)', async () => {
    const text = yaml('    eth0: {dhcp4: true}\n');
    const written = filesOf(await planOf(netplan, { ...files, [path]: text }, { ...request, dnsServers: '10.0.0.2' }));
    expect(Object.keys(written)).toEqual([path, `${folder}/site.conf`]);
    expect(changes(site, written[`${folder}/site.conf`])).toEqual({
      gone: [
        ...['Address=192.168.1.9/24', 'DHCP=ipv4', 'DNS=192.168.1.53'],
        ...['Gateway=192.168.1.1', 'PreferredSource=192.168.1.9'],
      ],
      // Behind the empty setting, which newer releases have take back what the YAML file says.
      come: ['Address=10.0.0.4/24', 'DHCP=no', 'PreferredSource=10.0.0.4'],
    });
  });

  it('are not touched by a request that they are not in the way of', async () => {
    const harmless = { ...files, [`${folder}/site.conf`]: '[Link]\nMTUBytes=1400\n', [path]: yaml('    eth0: {}\n') };
    expect(Object.keys(filesOf(await planOf(netplan, harmless, request)))).toEqual([path]);
  });

  it('are copied for a definition of ours, which has a file of another name (rules 3 and 12)', async () => {
    const text = yaml('    eth0: {dhcp4: true}\n');
    const written = filesOf(await planOf(netplan, { ...files, '/etc/netplan/50-cloud-init.yaml': text }, request));
    const copy = '/etc/systemd/network/10-netplan-0-hyperv-kvp-eth0.network.d/site.conf';
    expect(Object.keys(written)).toEqual([own, copy]);
    expect(written[copy]).toContain('[Link]\nMTUBytes=1400\n');
    expect(written[copy]).not.toContain('192.168.1.9/24');
  });
});

import { describe, expect, it } from 'vitest';
import { networkd } from '../../../../../src/ip-information/backends/networkd/networkd.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { changes, filesOf, networkdHas, planOf } from '../../support/plans.ts';
import { proposalOf } from '../../support/proposals.ts';

const path = '/etc/systemd/network/20-lan.network';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

async function changed(text: string, differences = {}) {
  const plan = await planOf(networkd, { ...networkdHas(path), [path]: text }, { ...request, ...differences });
  const next = filesOf(plan)[path];
  return changes(text, next ?? text);
}

describe('a .network file for one adapter', () => {
  it('keeps all that is not an address, to the byte', async () => {
    const text = `[Match]
Name=eth0
# B\u00fcro
[Network]
  Address = 192.168.1.4/24
Gateway=192.168.1.1
Domains=corp.example.com
VLAN=vlan10
VRF=blue
DNS=192.168.1.53
IPv6AcceptRA=no

[DHCPv4]
ClientIdentifier=mac

[Route]
Gateway=192.168.1.254
Destination=172.16.0.0/12

[Route]
Gateway=192.168.1.1
Table=100

[Route]
Type=unreachable
Destination=0.0.0.0/0
Metric=9999

[RoutingPolicyRule]
From=192.168.1.4/32
Table=100
`;
    expect(await changed(text)).toEqual({
      gone: ['  Address = 192.168.1.4/24'],
      come: ['  Address = 10.0.0.4/24', 'Gateway=10.0.0.1'],
    });
  });

  it.each([
    ['yes', 'ipv6'],
    ['true', 'ipv6'],
    ['both', 'ipv6'],
    ['ipv4', 'no'],
    ['v4', 'no'],
  ])('has DHCP=%s turned into %s by an IPv4 address', async (former, next) => {
    const { gone, come } = await changed(`[Match]\nName=eth0\n[Network]\nDHCP=${former}\n`);
    expect({ gone, come: come[0] }).toEqual({ gone: [`DHCP=${former}`], come: `DHCP=${next}` });
  });

  it.each([
    ['ipv6', 'yes'],
    ['no', 'ipv4'],
  ])('has DHCP=%s turned into %s by a request for DHCP', async (former, next) => {
    const request = { dhcpEnabled: true, addresses: '', subnets: '', gateways: '' };
    expect(await changed(`[Match]\nName=eth0\n[Network]\nDHCP=${former}\n`, request)).toEqual({
      gone: [`DHCP=${former}`],
      come: [`DHCP=${next}`],
    });
  });

  it('keeps addresses and gateways of the other family', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nAddress=192.168.1.4/24\nAddress=2001:db8::9/64\nGateway=192.168.1.1\n`;
    const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '64', gateways: '' };
    expect(await changed(text, ipv6)).toEqual({
      gone: ['Address=2001:db8::9/64'],
      come: ['Address=2001:db8::4/64', '# Set by hyperv-kvp beside static IPv6 addresses:', 'IPv6AcceptRA=no'],
    });
  });

  it.each(['DHCP=ipv4\n', 'IPv6AcceptRA=yes\n', 'IPv6AcceptRA=no\n', 'DHCP=yes\n', 'DHCP=ipv6\n'])(
    'is as it was, with %j, once IPv6 has no addresses any more',
    async (own) => {
      const text = `[Match]\nName=eth0\n[Network]\n${own}`;
      const ipv6 = { addressFamily: AddressFamily.ipv6, addresses: '2001:db8::4', subnets: '64', gateways: '' };
      const files = { ...networkdHas(path), [path]: text };
      const written = filesOf(await planOf(networkd, files, ipv6))[path] ?? '';
      expect(written).toMatch(/IPv6AcceptRA=no\n(?!IPv6AcceptRA)/);
      const removal = { ...ipv6, addresses: '', subnets: '' };
      expect(filesOf(await planOf(networkd, { ...files, [path]: written }, removal))[path]).toBe(text);
    },
  );

  it('has DHCP for IPv6 again, whatever IPv4 has been given meanwhile', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nDHCP=yes\n`;
    const both = { addresses: '10.0.0.4;2001:db8::4', subnets: '24;64', gateways: '' };
    const files = { ...networkdHas(path), [path]: text };
    const written = filesOf(await planOf(networkd, files, both))[path] ?? '';
    expect(written).toMatch(/^DHCP=no$/m);
    const removal = { addressFamily: AddressFamily.ipv6, addresses: '', subnets: '', gateways: '' };
    const next = filesOf(await planOf(networkd, { ...files, [path]: written }, removal))[path];
    expect(next).toBe('[Match]\nName=eth0\n[Network]\nDHCP=ipv6\nAddress=10.0.0.4/24\n');
  });

  it('is changed where it stands if it has the byte order mark of another editor', async () => {
    const text = '\ufeff[Match]\nName=eth0\n[Network]\nAddress=192.168.1.4/24\n';
    expect(await changed(text, { gateways: '' })).toEqual({
      gone: ['Address=192.168.1.4/24'],
      come: ['Address=10.0.0.4/24'],
    });
  });

  it.each(['0.0.0.0/0', '10.0.0.9/0'])('knows its default route to %s', async (destination) => {
    const text = `[Match]\nName=eth0\n[Route]\nDestination=${destination}\nGateway=192.168.1.1\n[Network]\nAddress=10.0.0.4/24\n`;
    expect(await changed(text)).toEqual({ gone: ['Gateway=192.168.1.1'], come: ['Gateway=10.0.0.1'] });
  });

  it('keeps the metric of the route whose gateway is replaced, and gives further gateways higher ones', async () => {
    const text = `[Match]\nName=eth0\n\n[Address]\nAddress=10.0.0.9/24\n\n[Route]\nGateway=10.0.0.9\nMetric=300\n`;
    expect(await changed(text, { gateways: '10.0.0.1;10.0.0.2' })).toEqual({
      gone: ['Address=10.0.0.9/24', 'Gateway=10.0.0.9'],
      come: ['Address=10.0.0.4/24', 'Gateway=10.0.0.1', 'Gateway=10.0.0.2', 'Metric=400'],
    });
  });

  it('keeps the metric of DHCP for the gateway in its place', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nDHCP=ipv4\n\n[DHCPv4]\nRouteMetric=300\n`;
    expect(await changed(text)).toEqual({
      gone: ['DHCP=ipv4'],
      come: ['DHCP=no', 'Address=10.0.0.4/24', '[Route]', 'Gateway=10.0.0.1', 'Metric=300'],
    });
  });

  it('changes the source of routes with the address, for systemd-networkd would give up the adapter', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nAddress=10.0.0.9/24\n[Route]\nDestination=172.16.0.0/12\nPreferredSource=10.0.0.9\n`;
    const { gone, come } = await changed(text, { gateways: '' });
    expect({ gone, come }).toEqual({
      gone: ['Address=10.0.0.9/24', 'PreferredSource=10.0.0.9'],
      come: ['Address=10.0.0.4/24', 'PreferredSource=10.0.0.4'],
    });
  });

  it('removes the gateway where the request has none, and keeps the servers', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nAddress=10.0.0.4/24\nGateway=10.0.0.1\nDNS=10.0.0.53\n`;
    expect(await changed(text, { gateways: '' })).toEqual({ gone: ['Gateway=10.0.0.1'], come: [] });
  });

  it('is not written for a request that it meets already', async () => {
    const text = `[Match]\nName=eth0\n[Network]\nDHCP=no\nGateway=10.0.0.1\nAddress=10.0.0.4/24\nDNS=1.1.1.1 9.9.9.9\n`;
    const files = { ...networkdHas(path), [path]: text };
    expect((await planOf(networkd, files, { ...request, dnsServers: '1.1.1.1;9.9.9.9' })).files).toEqual([]);
  });

  it('is written in /etc under its name where it is below /usr/lib, with the drop-ins that change', async () => {
    const former = '/usr/lib/systemd/network/89-ours.network';
    const files = {
      ...networkdHas(former),
      [former]: '[Match]\nName=eth0\n',
      [`${former}.d/10-dhcp.conf`]: '[Network]\nDHCP=ipv4\n',
      [`${former}.d/20-site.conf`]: '[Network]\nDomains=a.example\n',
    };
    const written = filesOf(await planOf(networkd, files, request));
    expect(written).toEqual({
      '/etc/systemd/network/89-ours.network.d/10-dhcp.conf':
        '[Network]\nDHCP=no\nAddress=10.0.0.4/24\nGateway=10.0.0.1\n',
    });
    const alone = { ...networkdHas(former), [former]: '[Match]\nName=eth0\n[Network]\nDHCP=ipv4' };
    expect(filesOf(await planOf(networkd, alone, { ...request, gateways: '' }))).toEqual({
      '/etc/systemd/network/89-ours.network': '[Match]\nName=eth0\n[Network]\nDHCP=no\nAddress=10.0.0.4/24',
    });
  });
});

describe('a .network file for several adapters', () => {
  const own = '/etc/systemd/network/05-hyperv-kvp-eth0.network';

  it.each([
    ['Name=eth*', 'Name=eth0'],
    ['Name=eth0 eth1', 'Name=eth0'],
    ['Name=!eth1', 'Name=eth0'],
    ['Name=eth?', 'Name=eth0'],
    ['Name=eth[01]', 'Name=eth0'],
    ['Driver=hv_netvsc', 'Driver=hv_netvsc\nMACAddress=00:15:5d:01:02:0a'],
    ['Path=acpi-VMBUS*', 'Path=acpi-VMBUS*\nMACAddress=00:15:5d:01:02:0a\nType=ether'],
    ['MACAddress=00:15:5d:01:02:0a 00:15:5d:01:02:0b', 'MACAddress=00:15:5d:01:02:0a\nType=ether'],
  ])('with %s stays; a copy has %s', async (former, next) => {
    const text = `[Match]\n${former}\n\n[Link]\nMTUBytes=1400\n\n[Network]\nDHCP=ipv4\n`;
    const written = filesOf(await planOf(networkd, { ...networkdHas(path), [path]: text }, request));
    expect(written).toEqual({
      [own]: `[Match]\n${next}\n\n[Link]\nMTUBytes=1400\n\n[Network]\nDHCP=no\nAddress=10.0.0.4/24\nGateway=10.0.0.1\n`,
    });
  });

  it('has its drop-ins copied, too, and one that is for another adapter as well is no file for one', async () => {
    const files = {
      ...networkdHas(path),
      '/run/systemd/netif/links/3': `NETWORK_FILE=${path}\n`,
      [path]: '[Match]\nMACAddress=00:15:5d:01:02:0a\n',
      [`${path}.d/mtu.conf`]: '[Link]\nMTUBytes=1400\n',
    };
    expect(filesOf(await planOf(networkd, files, { ...request, gateways: '' }))).toEqual({
      [own]: '[Match]\nMACAddress=00:15:5d:01:02:0a\nName=eth0\n\n[Network]\nAddress=10.0.0.4/24\n',
      [`${own}.d/mtu.conf`]: '[Link]\nMTUBytes=1400\n',
    });
  });

  it.each([
    ['05-all.network', '00-hyperv-kvp-eth0.network'],
    ['00-all.network', '0-hyperv-kvp-eth0.network'],
    ['0-all.network', '-hyperv-kvp-eth0.network'],
  ])('named %s comes after ours, %s', async (former, name) => {
    const file = `/etc/systemd/network/${former}`;
    const files = { ...networkdHas(file), [file]: '[Match]\nName=*\n' };
    expect(Object.keys(filesOf(await planOf(networkd, files, request)))).toEqual([`/etc/systemd/network/${name}`]);
  });

  it('is refused where nothing sorts before it', async () => {
    const file = '/etc/systemd/network/!all.network';
    const machine = fakeMachine({ files: { ...networkdHas(file), [file]: '[Match]\nName=*\n' } });
    expect(await networkd.plan(proposalOf(request), machine)).toHaveProperty('impossible');
  });
});

it('binds an adapter that nobody has by its MAC address, and not what has the same one', async () => {
  expect(filesOf(await planOf(networkd, networkdHas(undefined), request))).toEqual({
    '/etc/systemd/network/05-hyperv-kvp-eth0.network': `# Written by hyperv-kvp for the Hyper-V host.
[Match]
MACAddress=00:15:5d:01:02:0a
Type=ether

[Network]
Address=10.0.0.4/24
Gateway=10.0.0.1
`,
  });
});

it('puts a further gateway behind the empty setting of a drop-in, which clears all routes before it', async () => {
  const dropIn = `${path}.d/10.conf`;
  const text = '[Match]\nName=eth0\n[Network]\nGateway=\nGateway=192.168.1.1\n';
  const files = { ...networkdHas(path), [path]: '[Match]\nName=eth0\n', [dropIn]: text };
  const wanted = { addresses: '10.0.0.4', subnets: '24', gateways: '10.0.0.1;10.9.0.1' };
  const written = filesOf(await planOf(networkd, files, wanted));
  expect(Object.keys(written)).toEqual([dropIn]);
  expect(written[dropIn]).toMatch(/Gateway=\n[^]*\n\[Route\]\nGateway=10\.9\.0\.1\n/);
});

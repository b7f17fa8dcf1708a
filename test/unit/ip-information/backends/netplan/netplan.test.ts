import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { netplan } from '../../../../../src/ip-information/backends/netplan/netplan.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { fakeMachine } from '../../../platform/fake-machine.ts';
import { changes, filesOf, networkdHas, planOf } from '../../support/plans.ts';
import { proposalOf } from '../../support/proposals.ts';

const path = '/etc/netplan/50.yaml';
const own = '/etc/netplan/90-hyperv-kvp-eth0.yaml';
const request = { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' };

const inForce = (id: string) => networkdHas(`/run/systemd/network/10-netplan-${id}.network`);

function yaml(definitions: string, further = ''): string {
  return `network:\n  version: 2\n  ethernets:\n${definitions}${further}`;
}

describe('a definition for one adapter', () => {
  it('keeps all that is not an address, to the byte', async () => {
    const text = yaml(`    eth0:
      addresses:
      - 192.168.1.4/24   # b\u00fcro
      - "192.168.1.5/24": {label: "eth0:1"}
      - '2001:db8::9/64'
      gateway4: 192.168.1.1
      dhcp6: yes
      mtu: 01400
      routes:
      - {to: default, via: 192.168.1.1, table: 101}
      - {to: 172.16.0.0/12, via: 192.168.1.254}
      routing-policy: [{from: 192.168.1.0/24, table: 101}]
      nameservers: {search: [a.example], addresses: [192.168.1.53]}
    eth1:
      auth: {password: 00123456}
`);
    const plan = await planOf(netplan, { ...inForce('eth0'), [path]: text }, request);
    expect(changes(text, filesOf(plan)[path])).toEqual({
      gone: [
        '      - 192.168.1.4/24   # b\u00fcro',
        '      - "192.168.1.5/24": {label: "eth0:1"}',
        '      gateway4: 192.168.1.1',
      ],
      come: ['      - 10.0.0.4/24   # b\u00fcro', '      gateway4: 10.0.0.1'],
    });
    expect(plan.commands.map(({ program, args }) => [program, ...args].join(' '))).toEqual([
      'netplan generate',
      'networkctl reload',
    ]);
  });

  it('is changed where it has an anchor of its own, and stays where another adapter shares it', async () => {
    const anchored = yaml(
      '    eth0:\n      dhcp4: true\n      dhcp4-overrides: &o {route-metric: 100}\n      dhcp6-overrides: *o\n',
    );
    const text = filesOf(await planOf(netplan, { ...inForce('eth0'), [path]: anchored }, request))[path];
    expect(changes(anchored, text).gone).toEqual(['      dhcp4: true']);
    const shared = yaml('    eth0: &a {dhcp4: true, mtu: 1400}\n    eth1: *a\n');
    expect(filesOf(await planOf(netplan, { ...inForce('eth0'), [path]: shared }, request))).toEqual({
      [own]: `# Written by hyperv-kvp for the Hyper-V host.
network:
  version: 2
  ethernets:
    0-hyperv-kvp-eth0:
      match:
        name: eth0
      dhcp4: false
      mtu: 1400
      addresses:
        - 10.0.0.4/24
      routes:
        - {to: 0.0.0.0/0, via: 10.0.0.1}
`,
    });
  });

  it('is changed in each of the files that have a part of it; the last one decides', async () => {
    const [one, two] = ['/etc/netplan/10.yaml', '/etc/netplan/zz.yaml'];
    const files = {
      [one]: yaml('    eth0:\n      dhcp4: false\n      addresses: [192.168.1.4/24]\n'),
      [two]: yaml('    eth0:\n      dhcp4: true\n      addresses: [192.168.2.4/24]\n'),
    };
    expect(filesOf(await planOf(netplan, { ...inForce('eth0'), ...files }, { ...request, gateways: '' }))).toEqual({
      [one]: yaml('    eth0:\n      dhcp4: false\n      addresses: [10.0.0.4/24]\n'),
      [two]: yaml('    eth0:\n      dhcp4: false\n'),
    });
  });

  it('is read from the folder that goes before, and never from a backup', async () => {
    const files = {
      '/lib/netplan/50.yaml': yaml('    eth0: {dhcp4: true}\n'),
      [path]: yaml('    eth0: {dhcp4: true, mtu: 1400}\n'),
      [`${path}.bak`]: yaml('    eth0: {addresses: [192.168.1.4/24]}\n'),
    };
    const dhcp = { ...request, dhcpEnabled: true, addresses: '', subnets: '', gateways: '' };
    expect((await planOf(netplan, { ...inForce('eth0'), ...files }, dhcp)).files).toEqual([]);
  });

  it('is not read from an editor’s copy, whose name begins with a dot (rule 6)', async () => {
    const text = yaml('    eth0: {addresses: [192.168.1.4/24]}\n');
    const files = { ...inForce('eth0'), [path]: text, '/etc/netplan/.50.yaml': text };
    expect(Object.keys(filesOf(await planOf(netplan, files, request)))).toEqual([path]);
  });

  it('of a bridge is changed where it stands, and refused where cloud-init writes it again', async () => {
    const text = 'network:\n  bridges:\n    eth0: {interfaces: [eth1], dhcp4: true}\n';
    const files = { ...inForce('eth0'), [path]: text };
    expect(filesOf(await planOf(netplan, files, { ...request, gateways: '' }))).toEqual({
      [path]: 'network:\n  bridges:\n    eth0: {interfaces: [eth1], dhcp4: false, addresses: [10.0.0.4/24]}\n',
    });
    const machine = fakeMachine({ files: { ...inForce('eth0'), '/etc/netplan/50-cloud-init.yaml': text } });
    expect(await netplan.plan(proposalOf(request), machine)).toHaveProperty('impossible');
  });
});

describe('a definition of ours', () => {
  it.each([
    ['match: {name: "e*"}', 'name: eth0'],
    ['match: {name: "eth[0-3]"}', 'name: eth0'],
    ['match: {driver: hv_netvsc}', 'driver: hv_netvsc\n        macaddress: "00:15:5d:01:02:0a"'],
    ['match: {driver: hv_netvsc, name: "eth*"}', 'driver: hv_netvsc\n        name: eth0'],
  ])('narrows %s', async (former, narrowed) => {
    const files = {
      ...inForce('lan'),
      [path]: yaml(`    lan:\n      ${former}\n      dhcp4: true\n      mtu: 1400\n`),
    };
    const written = filesOf(await planOf(netplan, files, request));
    expect(Object.keys(written)).toEqual([own]);
    expect(written[own]).toContain(`    0-hyperv-kvp-eth0:\n      match:\n        ${narrowed}\n      dhcp4: false\n`);
  });

  it('goes before one of cloud-init, with what is on it', async () => {
    const text = yaml(
      '    eth0:\n      dhcp4: true\n      match: {macaddress: "00:15:5d:01:02:0a"}\n      set-name: eth0\n',
      '  vlans:\n    vlan10: {id: 10, link: eth0}\n    vlan11: {id: 11, link: eth1}\n  vrfs:\n    blue: {table: 7, interfaces: [eth0]}\n',
    );
    const files = {
      ...inForce('eth0'),
      '/etc/netplan/50-cloud-init.yaml': text,
      '/etc/netplan/95-site.yaml': yaml('    eth1: {}\n'),
    };
    expect(filesOf(await planOf(netplan, files, { ...request, gateways: '' }))).toEqual({
      '/etc/netplan/zz-hyperv-kvp-eth0.yaml': `# Written by hyperv-kvp for the Hyper-V host.
network:
  version: 2
  ethernets:
    0-hyperv-kvp-eth0:
      match:
        macaddress: "00:15:5d:01:02:0a"
      dhcp4: false
      set-name: eth0
      addresses:
        - 10.0.0.4/24
  vlans:
    vlan10:
      link: 0-hyperv-kvp-eth0
  vrfs:
    blue:
      interfaces:
        - 0-hyperv-kvp-eth0
`,
    });
  });

  it('is changed where it stands at the next request', async () => {
    const files = {
      ...inForce('0-hyperv-kvp-eth0'),
      '/etc/netplan/50-cloud-init.yaml': yaml('    eth0: {dhcp4: true}\n'),
      [own]: yaml('    0-hyperv-kvp-eth0:\n      match: {name: eth0}\n      addresses: [10.0.0.9/24]\n'),
    };
    expect(filesOf(await planOf(netplan, files, { ...request, gateways: '' }))).toEqual({
      [own]: yaml('    0-hyperv-kvp-eth0:\n      match: {name: eth0}\n      addresses: [10.0.0.4/24]\n'),
    });
  });

  it('is for an adapter that nobody has, by its MAC address', async () => {
    const files = {
      ...networkdHas(undefined),
      [path]: yaml('    eth0:\n      match: {macaddress: "00:15:5d:99:99:99"}\n'),
    };
    const written = filesOf(await planOf(netplan, files, { ...request, gateways: '' }));
    expect(written[own]).toContain(
      '      match:\n        macaddress: "00:15:5d:01:02:0a"\n      addresses:\n        - 10.0.0.4/24\n',
    );
  });

  it('goes before the profile of NetworkManager that netplan made of another id', async () => {
    const uuid = '626dd384-8b3d-3690-9511-192b2c79b3fd';
    const files = {
      '/proc/78/comm': 'NetworkManager\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/run/NetworkManager/devices/2': `[device]\nmanaged=true\nconnection-uuid=${uuid}\n`,
      [path]: yaml('    all:\n      match: {name: "*"}\n      renderer: NetworkManager\n      dhcp4: true\n'),
    };
    const list = 'nmcli --terse --escape no --fields UUID,FILENAME connection show';
    const commands = { [list]: `${uuid}:/run/NetworkManager/system-connections/netplan-all.nmconnection\n` };
    const plan = await planOf(netplan, files, request, commands);
    expect(filesOf(plan)[own]).toContain('connection.autoconnect-priority: 999\n');
    expect(plan.commands.at(-1)?.args).toEqual([
      'connection',
      'up',
      'id',
      'netplan-0-hyperv-kvp-eth0',
      'ifname',
      'eth0',
    ]);
    expect(plan.undo.commands.at(-1)?.args).toEqual(['connection', 'up', 'uuid', uuid, 'ifname', 'eth0']);
  });
});

it('changes only addresses, gateways and DHCP of any definition, and nothing the second time', async () => {
  const address = fc.constantFrom('192.168.1.4/24', "'192.168.1.5/24': {label: a}", '"2001:db8::9/64"');
  const route = fc.constantFrom(
    '{to: default, via: 192.168.1.1, metric: 07}',
    '{to: 0.0.0.0/0, via: 192.168.1.1, table: 101}',
    '{to: 172.16.0.0/12, via: 192.168.1.2, from: 192.168.1.4}',
    '{to: "::/0", via: "fe80::1"}',
  );
  const list = (item: fc.Arbitrary<string>) => fc.uniqueArray(item, { minLength: 1, maxLength: 3 });
  const part = fc.oneof(
    list(address).map((items) => `addresses:\n${items.map((one) => `      - ${one}\n`).join('')}`),
    list(route).map((items) => `routes: [${items.join(', ')}]\n`),
    fc.constantFrom('dhcp4: yes # so\n', 'dhcp4: no\n', 'dhcp6: true\n', 'gateway4: 192.168.1.1\n', 'mtu: 01400\n'),
    fc.constantFrom('nameservers: {search: [a.example]}\n', 'dhcp4-overrides:\n        route-metric: 50\n'),
  );
  const keyOf = (text: string): string => text.split(':')[0] ?? '';
  const parts = fc.uniqueArray(part, { maxLength: 6, selector: keyOf });
  const file = parts.map((own) =>
    yaml(own.length === 0 ? '    eth0: {}\n' : `    eth0:\n${own.map((one) => `      ${one}`).join('')}`),
  );
  const wanted = fc.constantFrom(
    request,
    { ...request, dhcpEnabled: true, addresses: '', subnets: '', gateways: '' },
    { addresses: '10.0.0.4;2001:db8::4', subnets: '24;64', gateways: '10.0.0.1;10.9.0.1;2001:db8::1' },
  );
  const property = fc.asyncProperty(file, file, wanted, async (first, second, own) => {
    const files: Record<string, string> = {
      ...inForce('eth0'),
      '/etc/netplan/1.yaml': first,
      '/etc/netplan/2.yaml': second,
    };
    const next = { ...files };
    for (const [path, text] of Object.entries(filesOf(await planOf(netplan, files, own)))) next[path] = text ?? '';
    expect(Object.keys(next)).toEqual(Object.keys(files));
    expect((await planOf(netplan, next, own)).files).toEqual([]);
    for (const [path, text] of Object.entries(files)) {
      const { gone } = changes(text, next[path]);
      expect(gone.filter((line) => /mtu|search|overrides|route-metric|version|dhcp6: false/.test(line))).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: 100 });
});

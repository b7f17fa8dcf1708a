import fc from 'fast-check';
import { expect, it } from 'vitest';
import { networkd } from '../../../../../src/ip-information/backends/networkd/networkd.ts';
import { AddressFamily } from '../../../../../src/message/ip-value.ts';
import { changes, filesOf, networkdHas, planOf } from '../../support/plans.ts';

const path = '/etc/systemd/network/20-lan.network';

it('changes only addresses, gateways and DHCP of any file, and nothing the second time', async () => {
  const other = fc.constantFrom(
    'Domains=a.example',
    '# Address=1.1.1.1/8',
    'VLAN=x',
    'Description=a \\\n b',
    '',
    ' ; x',
  );
  const line = fc.oneof(
    other,
    fc.constantFrom(
      'Address=192.168.1.4/24',
      'Address = 192.168.1.5/24 ',
      'Address=',
      'Gateway=192.168.1.1',
      'Gateway=',
    ),
    fc.constantFrom('DHCP=yes', 'DHCP=no', 'Address=2001:db8::9/64', 'Gateway=fe80::1', 'IPv6AcceptRA=yes'),
  );
  const route = fc.constantFrom(
    'Gateway=192.168.1.1\nMetric=7',
    'Gateway=192.168.1.1\nTable=100',
    'Destination=172.16.0.0/12\nGateway=192.168.1.2',
    'Destination=0.0.0.0/0\nScope=link',
    'Gateway=_dhcp4',
    'Gateway=fe80::1',
  );
  const section = fc.oneof(
    fc.array(line, { maxLength: 6 }).map((lines) => ['[Network]', ...lines].join('\n')),
    route.map((text) => `[Route]\n${text}\n`),
    fc.constantFrom(
      '[Address]\nAddress=192.168.1.6/24\nLabel=a',
      '[DHCPv4]\nRouteMetric=50',
      '[Link]\nMTUBytes=1400\n',
    ),
  );
  const text = fc.array(section, { maxLength: 6 }).map((parts) => `[Match]\nName=eth0\n${parts.join('\n')}`);
  const request = fc.constantFrom(
    { addressFamily: AddressFamily.ipv4, gateways: '10.0.0.1' },
    { addressFamily: AddressFamily.ipv4, addresses: '', subnets: '', dhcpEnabled: true },
    { addresses: '10.0.0.4;2001:db8::4', subnets: '24;64', gateways: '10.0.0.1;10.9.0.1;2001:db8::1' },
  );
  const property = fc.asyncProperty(text, text, request, async (main, dropIn, wanted) => {
    const files = { ...networkdHas(path), [path]: main, [`${path}.d/10.conf`]: dropIn };
    const written = filesOf(await planOf(networkd, files, wanted));
    const next: Record<string, string> = { ...files };
    for (const [file, text] of Object.entries(written)) next[file] = text ?? '';
    expect((await planOf(networkd, next, wanted)).files).toEqual([]);
    for (const [file, before] of Object.entries({ [path]: main, [`${path}.d/10.conf`]: dropIn })) {
      const { gone } = changes(before, next[file]);
      expect(
        gone.filter(
          (line) => !/^(?:Address|Gateway|DHCP|IPv6AcceptRA|Label|Metric|Destination|Scope)\b|^\[|^$/.test(line),
        ),
      ).toEqual([]);
    }
  });
  await fc.assert(property, { numRuns: 150 });
});

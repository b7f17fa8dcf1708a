import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cidr } from '../../../src/ip-information/family.ts';
import { propose } from '../../../src/ip-information/propose.ts';
import { type IpValue, readIpValue } from '../../../src/message/ip-value.ts';
import { layout } from '../../../src/message/layout.ts';
import { Status } from '../../../src/message/status.ts';
import type { System } from '../../../src/message/dialect.ts';
import { eth0, guid, proposalOf, request } from './support/proposals.ts';

function refusalOf(differences: Partial<IpValue>, system: System = 'linux') {
  const proposed = propose(request(differences), [eth0, { ...eth0, name: 'eth10', guid: undefined }], system);
  return 'refusal' in proposed ? proposed.refusal : undefined;
}

const invalid = { status: Status.invalidArgument };
const notFound = { status: Status.guidNotFound };

describe('a request', () => {
  it('proposes both families, normalised, with any mask and separator', () => {
    const value = {
      addresses: ' 10.0.0.4 , 2001:DB8:0::4;10.1.0.4;',
      subnets: '255.255.255.0;/64,16',
      gateways: '10.0.0.1;FE80::1;',
      dnsServers: '10.0.0.2, 2001:db8::53',
    };
    expect(proposalOf(value)).toEqual({
      adapter: eth0,
      families: ['ipv4', 'ipv6'],
      dhcp: false,
      addresses: [
        { family: 'ipv4', address: '10.0.0.4', prefixLength: 24 },
        { family: 'ipv6', address: '2001:db8::4', prefixLength: 64 },
        { family: 'ipv4', address: '10.1.0.4', prefixLength: 16 },
      ],
      gateways: [
        { family: 'ipv4', address: '10.0.0.1', onLink: false },
        { family: 'ipv6', address: 'fe80::1', onLink: false },
      ],
      dnsServers: [
        { family: 'ipv4', address: '10.0.0.2' },
        { family: 'ipv6', address: '2001:db8::53' },
      ],
    });
  });

  it.each([guid, `{${guid}}`, guid.toUpperCase(), `{${guid.toUpperCase()}}`])(
    'finds its adapter by %s',
    (adapterId) => {
      expect(proposalOf({ adapterId }).adapter).toBe(eth0);
    },
  );

  it.each(['eth0', eth0.mac, 'eth10', '', `{${guid}`, guid.replace('f', 'e'), '../eth0', '$(reboot)'])(
    'finds no adapter on Linux by %j',
    (adapterId) => {
      expect(refusalOf({ adapterId })).toMatchObject(notFound);
    },
  );

  it('finds its adapter by the name on FreeBSD, whose driver replaces the GUID, and by the whole name only', () => {
    expect(refusalOf({ adapterId: 'eth0' }, 'freebsd')).toBeUndefined();
    expect(refusalOf({ adapterId: 'eth' }, 'freebsd')).toMatchObject(notFound);
    expect(refusalOf({ adapterId: 'eth1' }, 'freebsd')).toMatchObject(notFound);
  });

  it('marks a gateway that is in none of the networks', () => {
    expect(proposalOf({ gateways: '10.9.0.1' }).gateways).toMatchObject([{ onLink: true }]);
  });

  it('with DHCP leaves IPv4 to it, and keeps what else is given', () => {
    const value = {
      dhcpEnabled: true,
      addresses: '10.0.0.4;2001:db8::4;fe80::4',
      subnets: '255.255.255.0;/64;/64',
      gateways: '10.0.0.1;fe80::1',
      dnsServers: '10.0.0.2',
    };
    expect(proposalOf(value)).toMatchObject({
      dhcp: true,
      addresses: [{ address: '2001:db8::4' }],
      gateways: [{ address: 'fe80::1' }],
      dnsServers: [{ address: '10.0.0.2' }],
    });
  });

  it('leaves out the gateways of a family that is automatic', () => {
    expect(proposalOf({ gateways: '10.0.0.1;fe80::1' }).gateways).toMatchObject([{ address: '10.0.0.1' }]);
  });

  it.each([
    [1, ['10.0.0.4/24']],
    [2, ['2001:db8::4/64']],
    [3, ['10.0.0.4/24', '2001:db8::4/64']],
    [0, ['10.0.0.4/24', '2001:db8::4/64']],
  ])('of the family %i is about no other', (addressFamily, expected) => {
    const value = { addressFamily, addresses: '10.0.0.4;2001:db8::4', subnets: '24;64', gateways: '10.0.0.1;fe80::1' };
    const { addresses, gateways, families } = proposalOf(value);
    expect(addresses.map(cidr)).toEqual(expected);
    expect(families).toEqual(addresses.map(({ family }) => family));
    expect(gateways.map(({ family }) => family)).toEqual(families);
  });

  it.each<[string, Partial<IpValue>, readonly string[]]>([
    ['IPv4 alone, where both are meant and only IPv4 is given', { addressFamily: 3 }, ['ipv4']],
    ['IPv6 alone, where both are meant and only IPv6 is given', { addresses: '2001:db8::4', subnets: '64' }, ['ipv6']],
    ['the family that it names alone and gives nothing', { addressFamily: 2, addresses: '', subnets: '' }, ['ipv6']],
    ['no family, with name servers alone', { addresses: '', dnsServers: '10.0.0.2' }, []],
    ['no family, with name servers alone for one of them', { addressFamily: 1, addresses: '', dnsServers: '::5' }, []],
    ['IPv4, which DHCP is', { addresses: '', dhcpEnabled: true }, ['ipv4']],
    ['IPv6, to which DHCP says nothing', { addressFamily: 2, addresses: '', dhcpEnabled: true }, ['ipv6']],
  ])('is about %s', (_, differences, expected) => {
    const proposal = proposalOf(differences);
    expect(proposal.families).toEqual(expected);
    expect(proposal.dhcp).toBe((differences.dhcpEnabled ?? false) && expected.includes('ipv4'));
  });

  it.each<[string, Partial<IpValue>]>([
    ['a mask that is left over', { dhcpEnabled: true, addresses: '', subnets: '255.255.255.0' }],
    ['gateways that stand for none', { gateways: '0.0.0.0;::;' }],
    ['zones', { addresses: '10.0.0.4;fe80::2%2', subnets: '24;64', gateways: 'fe80::1%eth0' }],
    ['link-local addresses', { addresses: '169.254.3.4;10.0.0.4;fe80::2', subnets: '16;24;64' }],
  ])('may have %s, as GET told or as a caller left it', (_, differences) => {
    const { addresses, gateways } = proposalOf(differences);
    expect(addresses.map(cidr)).toEqual(differences.dhcpEnabled ? [] : ['10.0.0.4/24']);
    expect(gateways).toEqual([]);
  });

  it('of more than 16 name servers means the first 16, and says so', () => {
    const servers = Array.from({ length: 17 }, (_, index) => `10.0.1.${index + 1}`);
    const proposed = propose(request({ dnsServers: servers.join(';') }), [eth0], 'linux');
    expect(proposed).toMatchObject({ remarks: ['only the first 16 of 17 DNS servers are used'] });
    const { dnsServers } = proposalOf({ dnsServers: servers.join(';') });
    expect(dnsServers.map(({ address }) => address)).toEqual(servers.slice(0, -1));
  });

  it('with an address twice means it once', () => {
    const value = { addresses: '2001:db8::4;2001:DB8::0004', subnets: '64;64' };
    expect(proposalOf(value).addresses).toHaveLength(1);
  });
});

describe('a request is refused', () => {
  it.each<Partial<IpValue>>([
    { addresses: '010.0.0.1' },
    { addresses: '10.0.0.4/24' },
    { addresses: '10.0.0.4 10.0.0.5' },
    { addresses: '10.0.0.4\nDNS=10.0.0.9' },
    { addresses: '$(reboot)' },
    { addresses: '0.0.0.0' },
    { addresses: '127.0.0.1' },
    { addresses: '224.0.0.1' },
    { addresses: '255.255.255.255' },
    { addresses: '240.0.0.1' },
    { addresses: '10.0.0.0' },
    { addresses: '10.0.0.255' },
    { addresses: '::', subnets: '64' },
    { addresses: '::1', subnets: '64' },
    { addresses: 'ff02::1', subnets: '64' },
    { addresses: '::ffff:10.0.0.4', subnets: '64' },
    { addresses: '10.0.0.4%eth0' },
    { addresses: 'fe80::1', subnets: '64' },
    { addresses: '', subnets: '' },
    { subnets: '' },
    { subnets: '255.0.255.0' },
    { subnets: '255.255.255.0;255.255.255.0' },
    { subnets: '/64' },
    { addresses: '2001:db8::4', subnets: '255.255.255.0' },
    { gateways: '10.0.0.4' },
    { gateways: 'gateway' },
    { addresses: '2001:db8::4', subnets: '64', gateways: '10.0.0.1' },
    { gateways: '10.0.0.1;10.0.0.2;10.0.0.3;10.0.0.5;10.0.0.6;10.0.0.7' },
    { dnsServers: 'dns.example' },
    { dnsServers: '0.0.0.0' },
    { addressFamily: 2 },
    { addressFamily: 1, gateways: '10.0.0.1', addresses: '', subnets: '' },
    { addresses: ';'.repeat(2048) },
  ])('as invalid: %j', (differences) => {
    expect(refusalOf(differences)).toMatchObject(invalid);
  });

  it('for an address of 200 characters, at which the stock daemon aborts', () => {
    expect(refusalOf({ addresses: '1'.repeat(200) })).toMatchObject(invalid);
  });

  it('for more addresses than there may be', () => {
    const addresses = Array.from({ length: 65 }, (_, index) => `10.0.0.${index + 1}`).join(';');
    expect(refusalOf({ addresses, subnets: addresses.replace(/[^;]+/g, '24') })).toMatchObject(invalid);
  });
});

describe('any text at all', () => {
  const end = layout.ip.dnsServers.offset + layout.ip.dnsServers.size;
  const plausible = fc
    .array(
      fc.constantFrom('10.0.0.4', '2001:db8::4', '255.255.255.0', '/64', ';', ',', ' ', '%', '.', ':', '\0', 'é', '0'),
    )
    .map((parts) => Buffer.from(parts.join('')));
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 2048 }).map((array) => Buffer.from(array)),
    plausible,
  );

  it('gives a proposal or a refusal, and nothing of a proposal holds a character that no address has', () => {
    fc.assert(
      fc.property(fc.array(bytes, { minLength: 4, maxLength: 4 }), fc.boolean(), (texts, dhcp) => {
        const message = Buffer.alloc(end);
        message.write(guid, layout.ip.adapterId.offset);
        message.writeUInt8(Number(dhcp), layout.ip.dhcpEnabled.offset);
        const { addresses, subnets, gateways, dnsServers } = layout.ip;
        [addresses, subnets, gateways, dnsServers].forEach((field, index) => {
          texts[index]?.subarray(0, field.size).copy(message, field.offset);
        });
        const proposed = propose(readIpValue(message), [eth0], 'linux');
        if ('refusal' in proposed) return;
        const { proposal } = proposed;
        for (const { address } of [...proposal.addresses, ...proposal.gateways, ...proposal.dnsServers]) {
          expect(address).toMatch(/^[\da-f.:]+$/);
        }
      }),
    );
  });

  it('is a refusal if it does not name the adapter', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 255 }), (array) => {
        expect(refusalOf({ adapterId: Buffer.from(array).toString() })).toMatchObject(notFound);
      }),
    );
  });
});

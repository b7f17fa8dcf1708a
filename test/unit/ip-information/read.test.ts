import { describe, expect, it } from 'vitest';
import { readIpInformation } from '../../../src/ip-information/read.ts';
import type { DefaultRoute } from '../../../src/platform/adapter.ts';
import { platform } from '../../../src/platform/platform.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { ifconfig, netstatIpv4, netstatIpv6, sysctlGuids } from '../platform/freebsd/recorded.ts';

const mac = '00:15:5D:01:02:0A';

interface Guest {
  readonly addresses?: readonly string[];
  readonly ipv4?: readonly DefaultRoute[];
  readonly ipv6?: readonly DefaultRoute[];
  readonly resolver?: string;
}

function read(id: string, { addresses = [], ipv4 = [], ipv6 = [], resolver = '' }: Guest) {
  const machine = fakeMachine({
    files: {
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/lo/address': '00:00:00:00:00:00\n',
      '/sys/class/net/lo/type': '772\n',
      '/etc/resolv.conf': resolver,
    },
    interfaces: { lo: ['127.0.0.1/8'], eth0: addresses, eth1: ['10.1.0.4/16'] },
  });
  const linux = platform('linux', machine);
  const readNetwork = async () => ({ ...(await linux.readNetwork()), defaultRoutes: { ipv4, ipv6 } });
  return readIpInformation({ ...linux, readNetwork }, id);
}

function route(gateway: string | undefined, adapter = 'eth0'): DefaultRoute {
  return { adapter, gateway };
}

describe('the IP information of an adapter', () => {
  it('has the format of the stock daemon', async () => {
    const guest = {
      addresses: ['10.0.0.4/24', '2001:db8::4/64'],
      ipv4: [route('10.0.0.1')],
      ipv6: [route('fe80::1')],
      resolver: 'nameserver 10.0.0.2\nnameserver 10.0.0.3\n',
    };
    expect(await read(mac, guest)).toEqual({
      adapterId: mac,
      addressFamily: 3,
      dhcpEnabled: false,
      addresses: '10.0.0.4;2001:db8::4',
      subnets: '255.255.255.0;/64',
      gateways: '10.0.0.1;fe80::1;',
      dnsServers: '10.0.0.2;10.0.0.3;',
    });
  });

  it('lists IPv4 before IPv6 and link-local addresses last, the masks in the same order', async () => {
    const addresses = ['fe80::4/10', '169.254.1.1/16', '2001:db8::4/48', '10.0.0.4/8'];
    expect(await read(mac, { addresses })).toMatchObject({
      addresses: '10.0.0.4;169.254.1.1;2001:db8::4;fe80::4',
      subnets: '255.0.0.0;255.255.0.0;/48;/10',
    });
  });

  it.each([
    [[], 0],
    [['10.0.0.4/24'], 1],
    [['fe80::1/64'], 2],
  ])('tells the families of its addresses: %j', async (addresses, addressFamily) => {
    expect(await read(mac, { addresses })).toMatchObject({ addressFamily });
  });

  it('is empty, not missing, for an adapter without address', async () => {
    expect(await read(mac, {})).toMatchObject({ addresses: '', subnets: '', gateways: '', dnsServers: '' });
  });

  it('has at most five gateways, of that adapter, each once', async () => {
    const ipv4 = ['10.0.0.1', '10.0.0.1', undefined, '10.0.0.2', '10.0.0.3'].map((gateway) => route(gateway));
    const ipv6 = ['fe80::1', 'fe80::2', 'fe80::3'].map((gateway) => route(gateway));
    expect(await read(mac, { ipv4: [route('10.1.0.1', 'eth1'), ...ipv4], ipv6 })).toMatchObject({
      gateways: '10.0.0.1;10.0.0.2;10.0.0.3;fe80::1;fe80::2;',
    });
  });

  it('lists whole addresses with a mask for each, however many there are', async () => {
    const addresses = Array.from({ length: 300 }, (_, index) => `10.111.${100 + (index >> 8)}.${index & 255}/32`);
    const value = await read(mac, { addresses });
    const listed = value?.addresses.split(';') ?? [];
    expect(listed).toEqual(addresses.slice(0, listed.length).map((cidr) => cidr.replace('/32', '')));
    expect(value?.subnets.split(';')).toEqual(listed.map(() => '255.255.255.255'));
    expect(value?.subnets.length).toBeLessThanOrEqual(1023);
    expect(value?.subnets.length).toBeGreaterThan(1023 - '255.255.255.255;'.length);
  });

  it.each(['00:15:5D:01:02:0B', '{f8b3781b-1e82-4818-a1c3-63d806ec15bb}', 'eth', 'eth01', ''])(
    'is missing for %j, of which there is no adapter',
    async (id) => {
      expect(await read(id, { addresses: ['10.0.0.4/24'] })).toBeUndefined();
    },
  );

  it('is missing for the loopback, where the stock daemon succeeds with nothing', async () => {
    expect(await read('00:00:00:00:00:00', {})).toBeUndefined();
    expect(await read('lo', {})).toBeUndefined();
  });

  it('is found on FreeBSD by MAC address, GUID and name, where the stock daemon fails on a GUID', async () => {
    const machine = fakeMachine({
      files: { '/etc/resolv.conf': 'nameserver 10.0.0.2\n' },
      commands: {
        'ifconfig -a': ifconfig,
        'sysctl dev.hn.0.%pnpinfo dev.hn.1.%pnpinfo dev.hn.10.%pnpinfo': sysctlGuids,
        'netstat -rn -f inet --libxo json': netstatIpv4,
        'netstat -rn -f inet6 --libxo json': netstatIpv6,
        'sysrc -i ifconfig_hn0 ifconfig_DEFAULT': 'ifconfig_hn0: SYNCDHCP\n',
      },
      interfaces: { lo0: ['127.0.0.1/8'], hn0: ['10.0.0.4/24', '10.0.0.5/32', 'fe80::4/64'], hn10: ['10.0.10.4/24'] },
    });
    for (const adapterId of [mac, '{F8B3781B-1E82-4818-A1C3-63D806EC15BB}', 'hn0']) {
      expect(await readIpInformation(platform('freebsd', machine), adapterId)).toEqual({
        adapterId,
        addressFamily: 3,
        dhcpEnabled: true,
        addresses: '10.0.0.4;10.0.0.5;fe80::4',
        subnets: '255.255.255.0;255.255.255.255;/64',
        gateways: '10.0.0.1;fe80::1234;',
        dnsServers: '10.0.0.2;',
      });
    }
    expect(await readIpInformation(platform('freebsd', machine), 'hn1')).toMatchObject({ addresses: '' });
  });
});

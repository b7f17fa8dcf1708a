import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { System } from '../../../src/message/dialect.ts';
import type { Machine } from '../../../src/platform/machine.ts';
import { type Platform, platform } from '../../../src/platform/platform.ts';
import { fakeMachine } from './fake-machine.ts';
import { ifconfig, netstatIpv4, netstatIpv6, sysctlGuids } from './freebsd/recorded.ts';

interface Guest {
  readonly system: System;
  readonly adapter: string;
  readonly files: Readonly<Record<string, string>>;
  readonly commands: Readonly<Record<string, string>>;
}

/** The same guest on both systems: an adapter with DHCP, a way out in both families, two name servers. */
const guests: readonly Guest[] = [
  {
    system: 'linux',
    adapter: 'eth0',
    files: {
      '/sys/class/net/eth0/address': '00:15:5d:01:02:0a\n',
      '/sys/class/net/eth0/type': '1\n',
      '/sys/class/net/eth0/ifindex': '2\n',
      '/sys/class/net/eth0/device/device_id': '{f8b3781b-1e82-4818-a1c3-63d806ec15bb}\n',
      '/proc/net/route': 'eth0\t00000000\t0100000A\t0003\t0\t0\t0\t00000000\t0\t0\t0\n',
      '/proc/net/ipv6_route': `${'0'.repeat(32)} 00 ${'0'.repeat(32)} 00 fe800000000000000000000000001234 00000400 00000002 00000000 00000003     eth0\n`,
      '/etc/resolv.conf': 'nameserver 10.0.0.1\nnameserver 2001:db8::53\n',
      '/etc/network/interfaces': 'iface eth0 inet dhcp\n',
      '/run/network/ifstate': 'eth0=eth0\n',
      '/etc/os-release': 'NAME=System\nVERSION_ID=1.2\n',
    },
    commands: {},
  },
  {
    system: 'freebsd',
    adapter: 'hn0',
    files: { '/etc/resolv.conf': 'nameserver 10.0.0.1\nnameserver 2001:db8::53\n' },
    commands: {
      'ifconfig -a': ifconfig,
      'sysctl dev.hn.0.%pnpinfo dev.hn.1.%pnpinfo dev.hn.10.%pnpinfo': sysctlGuids,
      'netstat -rn -f inet --libxo json': netstatIpv4,
      'netstat -rn -f inet6 --libxo json': netstatIpv6,
      'sysrc -i ifconfig_hn0 ifconfig_DEFAULT': 'ifconfig_hn0: SYNCDHCP\n',
      'sysctl -n kern.ostype kern.osrelease hw.machine': 'System\n1.2-RELEASE\namd64\n',
    },
  },
];

/** Every reader's answer. */
async function readAll(asked: Platform, adapter: string) {
  return {
    kernel: await asked.readKernel(),
    distribution: await asked.readDistribution(),
    adapters: await asked.readAdapters(),
    addresses: asked.readAddresses(),
    ipv4Routes: await asked.readDefaultRoutes('ipv4'),
    ipv6Routes: await asked.readDefaultRoutes('ipv6'),
    nameServers: await asked.readNameServers(adapter),
    dhcp: await asked.readDhcpState(adapter),
    domainName: await asked.lookUpDomainName('guest'),
  };
}

describe.each(guests)('the platform of $system', ({ system, adapter, files, commands }) => {
  const ask = (machine: Machine) => readAll(platform(system, machine), adapter);

  it('answers every question in the same form', async () => {
    const answers = await ask(
      fakeMachine({
        files,
        commands,
        interfaces: { lo0: ['::1/128'], [adapter]: ['10.0.0.4/24'] },
        canonicalName: 'guest.example.com',
      }),
    );
    expect(answers).toMatchObject({
      distribution: { name: 'System' },
      addresses: [{ adapter, family: 'ipv4', address: '10.0.0.4', netmask: '255.255.255.0', prefixLength: 24 }],
      ipv4Routes: [{ adapter, gateway: '10.0.0.1' }],
      ipv6Routes: [{ adapter, gateway: 'fe80::1234' }],
      nameServers: ['10.0.0.1', '2001:db8::53'],
      dhcp: true,
      domainName: 'guest.example.com',
    });
    expect(answers.adapters).toContainEqual({
      name: adapter,
      mac: '00:15:5d:01:02:0a',
      guid: 'f8b3781b-1e82-4818-a1c3-63d806ec15bb',
    });
  });

  it('knows nothing of an empty machine, without an exception', async () => {
    expect(await ask(fakeMachine({}))).toMatchObject({
      adapters: [],
      addresses: [],
      ipv4Routes: [],
      ipv6Routes: [],
      nameServers: [],
      dhcp: undefined,
      domainName: undefined,
    });
  });

  it('says where things are and who may read the pools', () => {
    const { devicePath, poolDirectory, stateDirectory, configurationPath, poolFileMode } = platform(system);
    expect([devicePath, poolDirectory, stateDirectory, configurationPath]).toEqual(
      Array(4).fill(expect.stringMatching(/^\/\w/)),
    );
    expect(poolFileMode).toBe(system === 'linux' ? 0o644 : 0o600);
  });

  it('throws nothing at whatever files and programs say', async () => {
    const changed = (texts: Readonly<Record<string, string>>) =>
      fc.record(
        Object.fromEntries(
          Object.entries(texts).map(([name, text]) => [name, fc.oneof(fc.string({ unit: 'binary' }), damaged(text))]),
        ),
      );
    await fc.assert(
      fc.asyncProperty(changed(files), changed(commands), async (someFiles, someCommands) => {
        await ask(
          fakeMachine({ files: someFiles, commands: someCommands, interfaces: { [adapter]: ['10.0.0.4/24'] } }),
        );
      }),
      { numRuns: 60 },
    );
  });
});

/** A text with a part cut out. */
function damaged(text: string): fc.Arbitrary<string> {
  return fc
    .tuple(fc.nat(text.length), fc.nat(text.length))
    .map(([start, end]) => text.slice(0, Math.min(start, end)) + text.slice(Math.max(start, end)));
}

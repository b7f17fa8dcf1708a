import { describe, expect, it } from 'vitest';
import { readIpInformation } from '../../../../src/ip-information/read.ts';
import type { IpValue } from '../../../../src/message/ip-value.ts';
import { platform } from '../../../../src/platform/platform.ts';
import type { CommandResult } from '../../../../src/platform/run-command.ts';
import { fakeMachine } from '../fake-machine.ts';
import { ifconfigOf, netstatIpv4, netstatIpv6, netstatNoRoutes, netstatWeights, sysctlGuids } from './recorded.ts';

const mac = '00:15:5d:01:02:0a';
const askIpv4 = 'netstat -rn -f inet --libxo json';
const askIpv6 = 'netstat -rn -f inet6 --libxo json';
const askDhcp = 'sysrc -i ifconfig_hn0 ifconfig_DEFAULT';
const one = {
  'ifconfig -a': ifconfigOf(['hn0', mac]),
  'sysctl dev.hn.0.%pnpinfo': sysctlGuids.replace(/\n[^]*/, '\n'),
  [askIpv4]: netstatIpv4,
  [askIpv6]: netstatNoRoutes,
  [askDhcp]: 'ifconfig_hn0: SYNCDHCP\n',
};
const many = {
  ...one,
  'ifconfig -a': ifconfigOf(['hn0', mac], ['hn1', '00:15:5d:01:02:0b'], ['hn10', '00:15:5d:01:02:14']),
  'sysctl dev.hn.0.%pnpinfo dev.hn.1.%pnpinfo dev.hn.10.%pnpinfo': sysctlGuids,
};
const failing: CommandResult = { status: 1, output: '', errors: 'failed\n' };
const nonsense = Object.fromEntries(Object.keys(one).map((command) => [command, '{"\0\nhn0: flags= ether\nx: y: z\n']));

interface Guest {
  readonly commands: Readonly<Record<string, string | CommandResult>>;
  readonly interfaces: Readonly<Record<string, readonly string[]>>;
  readonly value: Partial<IpValue>;
}

const inUse = { lo0: ['127.0.0.1/8', '::1/128'], hn0: ['10.0.0.4/24'] };
const alone = { addresses: '10.0.0.4', subnets: '255.255.255.0', gateways: '', dnsServers: '10.0.0.53;' };

/** The adapter with the MAC address above, as the host is told of it. */
const guests: Readonly<Record<string, Guest>> = {
  'one adapter, with DHCP': {
    commands: one,
    interfaces: inUse,
    value: { ...alone, gateways: '10.0.0.1;', dhcpEnabled: true },
  },
  'many adapters, of which hn1 is not hn10': {
    commands: many,
    interfaces: { ...inUse, hn1: ['10.1.0.4/24'], hn10: ['10.10.0.4/16'] },
    value: { ...alone, gateways: '10.0.0.1;' },
  },
  'no default route': {
    commands: { ...one, [askIpv4]: netstatNoRoutes },
    interfaces: inUse,
    value: { ...alone, gateways: '' },
  },
  'IPv6 by a static route': {
    commands: { ...one, [askIpv6]: netstatIpv6 },
    interfaces: { ...inUse, hn0: ['10.0.0.4/24', '2001:db8::4/64'] },
    value: { addresses: '10.0.0.4;2001:db8::4', subnets: '255.255.255.0;/64', gateways: '10.0.0.1;fe80::1234;' },
  },
  'IPv6 by router advertisements, on FreeBSD 15': {
    commands: { ...one, [askIpv4]: netstatNoRoutes, [askIpv6]: netstatWeights },
    interfaces: { ...inUse, hn0: ['2001:db8::4/64'] },
    value: { addresses: '2001:db8::4', subnets: '/64', gateways: 'fe80::1;' },
  },
  'aliases, whose mask is their own': {
    commands: { ...one, [askDhcp]: 'ifconfig_hn0: inet 10.0.0.4 netmask 255.255.255.0\n' },
    interfaces: { ...inUse, hn0: ['10.0.0.4/24', '10.0.0.5/32'] },
    value: { addresses: '10.0.0.4;10.0.0.5', subnets: '255.255.255.0;255.255.255.255', dhcpEnabled: false },
  },
  'a jail without the programs': { commands: {}, interfaces: inUse, value: { ...alone, dhcpEnabled: false } },
  'programs that fail': {
    commands: Object.fromEntries(Object.keys(one).map((command) => [command, failing])),
    interfaces: inUse,
    value: { ...alone, dhcpEnabled: false },
  },
  'programs that print what nobody expects': {
    commands: nonsense,
    interfaces: inUse,
    value: { ...alone, dhcpEnabled: false },
  },
};

const files = { '/etc/resolv.conf': 'nameserver 10.0.0.53\n' };

describe('a guest of FreeBSD with', () => {
  it.each(Object.entries(guests))('%s', async (_name, { commands, interfaces, value }) => {
    const freebsd = platform('freebsd', fakeMachine({ commands, interfaces, files }));
    expect(await readIpInformation(freebsd, mac)).toMatchObject(value);
  });
});

describe('a guest of FreeBSD whose programs hang', () => {
  it('spends three of the driver’s five seconds at most on one request', async () => {
    const machine = fakeMachine({ interfaces: inUse, files });
    let inARow = 0;
    const freebsd = platform('freebsd', {
      ...machine,
      run: async (_program, _args, { timeoutMs = Number.POSITIVE_INFINITY } = {}) => {
        const begun = inARow;
        await Promise.resolve();
        inARow = Math.max(inARow, begun + timeoutMs);
        return { status: undefined, output: '', errors: 'killed' };
      },
    });
    expect(await readIpInformation(freebsd, mac)).toMatchObject(alone);
    expect(inARow).toBeLessThanOrEqual(3000);
  });
});

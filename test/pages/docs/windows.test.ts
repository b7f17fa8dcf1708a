import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { carriedLimits } from '../../../src/pools/limits.ts';
import { AddressFamily, readIpValue } from '../../../src/message/ip-value.ts';
import { PoolNumber } from '../../../src/message/pool.ts';
import { Status } from '../../../src/message/status.ts';
import { hvkvp } from '../../support/hvkvp.ts';
import { servedHost } from '../../support/served-host.ts';
import { registered, unanswered } from '../../support/simulated.ts';
import { root } from './shown-commands.ts';

const page = readFileSync(join(root, 'docs/windows.md'), 'utf8');
const commands = [...page.matchAll(/^```powershell\n(.*?)^```/gms)].map(([, text = '']) => text).join('\n');

/** As Microsoft's pages of root\virtualization\v2 have them, with what their examples use. */
const properties = {
  Msvm_KvpExchangeDataItem: ['Name', 'Data', 'Source'],
  Msvm_KvpExchangeComponent: ['GuestIntrinsicExchangeItems', 'GuestExchangeItems'],
  Msvm_ComputerSystem: ['ElementName'],
  Msvm_VirtualSystemSettingData: ['VirtualSystemType'],
  Msvm_GuestNetworkAdapterConfiguration: [
    ...['InstanceID', 'ProtocolIFType', 'DHCPEnabled', 'IPAddresses', 'Subnets', 'DefaultGateways', 'DNSServers'],
    'IPAddressOrigins',
  ],
  Msvm_SyntheticEthernetPortSettingData: [],
  Msvm_VirtualSystemManagementService: [],
} as const;

const ofItems = ['TargetSystem', 'DataItems'];
const methods: Readonly<Record<string, readonly string[]>> = {
  AddKvpItems: ofItems,
  ModifyKvpItems: ofItems,
  RemoveKvpItems: ofItems,
  SetGuestNetworkAdapterConfiguration: ['ComputerSystem', 'NetworkConfiguration'],
};

const families: Readonly<Record<string, number>> = {
  '4096': AddressFamily.ipv4,
  '4097': AddressFamily.ipv6,
  '4098': AddressFamily.ipv4 | AddressFamily.ipv6,
};

function allOf(pattern: RegExp): readonly string[] {
  return [...commands.matchAll(pattern)].map(([, found = '']) => found);
}

function only(pattern: RegExp): string {
  const found = allOf(pattern);
  expect(found, String(pattern)).toHaveLength(1);
  return found[0] ?? '';
}

/** A list of the adapter's settings, as the host sends it. */
function list(name: string): string {
  const [, entries = ''] = new RegExp(String.raw`\$settings\.${name} = @\((.*)\)`).exec(commands) ?? [];
  return entries.replaceAll("'", '').replaceAll(', ', ';');
}

describe('the Windows side', () => {
  it('has the classes, methods and properties of Microsoft’s pages', () => {
    const classes = allOf(/(?:-ClassName|-ResultClassName) (\w+)/g);
    expect([...new Set(classes)].sort()).toEqual(Object.keys(properties).sort());
    const calls = [...commands.matchAll(/-MethodName (\w+) -Arguments @\{([^}]*)\}/g)];
    expect(calls.map(([, method]) => method).sort()).toEqual(Object.keys(methods).sort());
    for (const [, method = '', given = ''] of calls) {
      expect([...given.matchAll(/(\w+) =/g)].map(([, name]) => name)).toEqual(methods[method]);
    }
    for (const name of allOf(/\$settings\.(\w+)/g)) {
      expect(properties.Msvm_GuestNetworkAdapterConfiguration).toContain(name);
    }
    for (const name of [...allOf(/@\{\n? +(Name) =/g), ...allOf(/; (\w+) =/g), ...allOf(/\$item\.(\w+)/g)]) {
      expect([...properties.Msvm_KvpExchangeDataItem, ...ofItems, 'NetworkConfiguration']).toContain(name);
    }
  });

  it('gives a key, changes it and removes it as the guest’s commands say', async () => {
    const key = only(/ Name = '([^']*)'/g);
    const { host, pools } = await servedHost('linux');
    const { external } = PoolNumber;
    const inGuest = (...words: string[]): string =>
      hvkvp(['wait', key, '--pool', 'external', '--pool-dir', pools, '--timeout', '30s', ...words]).stdout;
    for (const value of [only(/; Data = '([^']*)'/g), only(/\$item\.Data = '([^']*)'/g)]) {
      expect(await host.set(external, key, value)).toEqual({ status: Status.ok });
      expect(inGuest('--value', value)).toBe(`${value}\n`);
    }
    expect(await host.delete(external, key)).toEqual({ status: Status.ok });
    expect(inGuest('--gone')).toBe('');
  });

  it('sends the addresses of the one family that it names', async () => {
    const { host, daemon } = await registered('linux');
    const type = only(/\$settings\.ProtocolIFType = \[uint16\](\d+)/g);
    expect(page).toContain(`\`ProtocolIFType\` says what the request is about: ${Object.keys(families)[0] ?? ''} IPv4`);
    const sent = {
      adapterId: '{F8B3781B-1E82-4818-A1C3-63D806EC15BB}',
      addressFamily: families[type] ?? 0,
      dhcpEnabled: only(/\$settings\.DHCPEnabled = \$(\w+)/g) === 'true',
      addresses: list('IPAddresses'),
      subnets: list('Subnets'),
      gateways: list('DefaultGateways'),
      dnsServers: list('DNSServers'),
    };
    unanswered(host.setIpInfo(sent));
    expect(readIpValue(await daemon.read())).toEqual(sent);
    expect(sent).toMatchObject({ addresses: '192.0.2.10', subnets: '255.255.255.0', gateways: '192.0.2.1' });
  });

  it('names the limits of what the host reads', () => {
    const { key, value } = carriedLimits;
    expect(page).toContain(`${value.toLocaleString('en')} UTF-16 units of a value and ${key} of a key reach the host`);
  });
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createAutoKeys } from '../../../src/auto-keys/auto-keys.ts';
import { defaultReport, type ReportSettings } from '../../../src/auto-keys/report-settings.ts';
import type { System } from '../../../src/message/dialect.ts';
import { platform } from '../../../src/platform/platform.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { netstatIpv4, netstatIpv6 } from '../platform/freebsd/recorded.ts';

/** Index and name of each key, as hosts know them by their places: a new line may come at the end, nothing else may change. */
const golden = readFileSync(join(import.meta.dirname, 'golden/keys'), 'utf8');
const names = golden
  .trimEnd()
  .split('\n')
  .map((line) => line.replace(/^\d+ /, ''));

const networkWatch = { changed: () => true, close: () => undefined };

type Fake = Parameters<typeof fakeMachine>[0];

const site = {
  readFirstLine: (path: string) => (path === '/etc/role' ? 'database' : undefined),
  guestValue: (key: Buffer) => (key.toString() === 'Image' ? Buffer.from('2026.11') : undefined),
};

function keysOf(system: System, fake: Fake, version = '3.1', report: Partial<ReportSettings> = {}) {
  return createAutoKeys({
    platform: platform(system, fakeMachine(fake)),
    networkWatch,
    integrationServicesVersion: () => version,
    ...site,
    report: { ...defaultReport, ...report },
  });
}

async function enumerate(keys: ReturnType<typeof keysOf>) {
  const records: (readonly string[])[] = [];
  for (let index = 0; index < keys.count; index += 1) {
    const record = await keys.at(index);
    records.push([String(record?.key), String(record?.value)]);
  }
  keys.close();
  return records;
}

describe('the automatic keys', () => {
  it.each<{ what: string; report: Partial<ReportSettings> }>([
    { what: 'without settings', report: {} },
    {
      what: 'whatever the site adds or replaces',
      report: {
        rdpAddresses: true,
        keys: ['Role', 'OSName', 'AAA'].map((name) => ({ name, source: { from: 'literal', text: 'x' } })),
      },
    },
    { what: 'whatever is not reported', report: { families: [], deniedInterfaces: ['*'], linkLocal: false } },
  ])('have the places that hosts know, $what', async ({ report }) => {
    for (const system of ['linux', 'freebsd'] as const) {
      const records = await enumerate(keysOf(system, {}, '', report));
      const lines = records.map(([name], index) => `${index} ${String(name)}\n`);
      expect(lines.slice(0, names.length).join('')).toBe(golden);
    }
  });

  it('are the ten of a Linux guest', async () => {
    const keys = keysOf('linux', {
      files: { '/etc/os-release': 'NAME="Debian GNU/Linux"\nVERSION_ID="12"\n' },
      interfaces: { eth0: ['10.0.0.4/24', 'fd00::4/64'] },
    });
    const values = [
      'guest',
      '3.1',
      '10.0.0.4',
      'fd00::4',
      '1.2.3-4-uname',
      'Debian GNU/Linux',
      '12',
      '',
      '1.2.3',
      'uname64',
    ];
    expect(await enumerate(keys)).toEqual(names.map((name, index) => [name, values[index]]));
  });

  it('are the ten of a FreeBSD guest, its version in the keys that the stock daemon leaves empty', async () => {
    const keys = keysOf(
      'freebsd',
      {
        commands: {
          'sysctl -n kern.ostype kern.osrelease hw.machine': 'FreeBSD\n14.1-RELEASE-p3\namd64\n',
          'netstat -rn -f inet --libxo json': netstatIpv4,
          'netstat -rn -f inet6 --libxo json': netstatIpv6,
        },
        interfaces: { lo0: ['127.0.0.1/8', '::1/128'], bridge0: ['10.9.0.1/24'], hn0: ['10.0.0.4/24', 'fd00::4/64'] },
      },
      '',
    );
    const values = [
      'guest',
      '',
      '10.0.0.4;10.9.0.1',
      'fd00::4',
      '14.1-RELEASE-p3',
      'FreeBSD',
      '14',
      '1',
      '14.1',
      'amd64',
    ];
    expect(await enumerate(keys)).toEqual(names.map((name, index) => [name, values[index]]));
  });

  it.each(['linux', 'freebsd'] as const)('are ten texts on %s even where nothing can be found out', async (system) => {
    const records = await enumerate(keysOf(system, {}, ''));
    expect(records.map(([name]) => name)).toEqual(names);
    expect(records.flat()).not.toContain('undefined');
  });

  it('end at ten', () => {
    const keys = keysOf('linux', {});
    for (const index of [10, 2 ** 31, 2 ** 32 - 1]) expect(keys.at(index)).toBeUndefined();
  });

  it('are found by their whole names', async () => {
    const keys = keysOf('linux', {});
    expect((await keys.get(Buffer.from('IntegrationServicesVersion')))?.toString()).toBe('3.1');
    for (const name of ['IntegrationServices', 'integrationservicesversion', 'OSNameX', '']) {
      expect(keys.get(Buffer.from(name))).toBeUndefined();
    }
  });

  it('are there at once on Linux, so that no request has to wait', () => {
    const keys = keysOf('linux', {});
    for (let index = 0; index < keys.count; index += 1) expect(keys.at(index)).not.toBeInstanceOf(Promise);
    keys.close();
  });

  it('tell the version as soon as it is known', async () => {
    let version = '';
    const keys = createAutoKeys({
      platform: platform('linux', fakeMachine({})),
      networkWatch,
      integrationServicesVersion: () => version,
      ...site,
      report: defaultReport,
    });
    expect((await keys.at(1))?.value.toString()).toBe('');
    version = '3.1';
    expect((await keys.at(1))?.value.toString()).toBe('3.1');
  });

  it('are followed by the site’s own, whatever these have, and none of the ten moves', async () => {
    const keys: ReportSettings['keys'] = [
      { name: 'Role', source: { from: 'file', path: '/etc/role' } },
      { name: 'Missing', source: { from: 'file', path: '/etc/none' } },
      { name: 'Image', source: { from: 'guest', key: 'Image' } },
      { name: 'Site', source: { from: 'literal', text: 'ö'.repeat(600) } },
    ];
    const records = await enumerate(keysOf('linux', {}, '3.1', { keys }));
    expect(records.slice(0, names.length).map(([key]) => key)).toEqual(names);
    expect(records.slice(names.length)).toEqual([
      ['Role', 'database'],
      ['Missing', ''],
      ['Image', '2026.11'],
      ['Site', 'ö'.repeat(511)],
    ]);
  });

  it('can be replaced by the site, each in its place', async () => {
    const keys: ReportSettings['keys'] = [{ name: 'ProcessorArchitecture', source: { from: 'literal', text: '9' } }];
    const records = await enumerate(keysOf('linux', {}, '3.1', { keys }));
    expect(records.map(([key]) => key)).toEqual(names);
    expect(records.at(-1)).toEqual(['ProcessorArchitecture', '9']);
  });

  it('are followed by those of remote desktop if asked for: where something listens on its port', async () => {
    const row = (local: string) => `   0: ${local} 00000000:0000 0A 00000000:00000000 00:00000000 00000000 0 0 1`;
    const interfaces = { eth0: ['10.0.0.4/24', '2001:db8::4/64'], eth1: ['10.0.1.4/24'] };
    const told = async (files: Readonly<Record<string, string>>) =>
      (await enumerate(keysOf('linux', { interfaces, files }, '3.1', { rdpAddresses: true }))).slice(names.length);
    expect(await told({})).toEqual([
      ['RDPAddressIPv4', ''],
      ['RDPAddressIPv6', ''],
    ]);
    expect(await told({ '/proc/net/tcp6': row('00000000000000000000000000000000:0D3D') })).toEqual([
      ['RDPAddressIPv4', '10.0.0.4;10.0.1.4'],
      ['RDPAddressIPv6', '2001:db8::4'],
    ]);
    expect(await told({ '/proc/net/tcp': row('0401000A:0D3D') })).toEqual([
      ['RDPAddressIPv4', '10.0.1.4'],
      ['RDPAddressIPv6', ''],
    ]);
  });
});

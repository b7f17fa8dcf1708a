import { describe, expect, it } from 'vitest';
import { createAutoKeys } from '../../src/auto-keys/auto-keys.ts';
import type { System } from '../../src/message/dialect.ts';
import { platform } from '../../src/platform/platform.ts';
import { fakeMachine } from '../platform/fake-machine.ts';
import { netstatIpv4, netstatIpv6 } from '../platform/freebsd/recorded.ts';

const names = [
  'FullyQualifiedDomainName',
  'IntegrationServicesVersion',
  'NetworkAddressIPv4',
  'NetworkAddressIPv6',
  'OSBuildNumber',
  'OSName',
  'OSMajorVersion',
  'OSMinorVersion',
  'OSVersion',
  'ProcessorArchitecture',
];

const networkWatch = { changed: () => true, close: () => undefined };

type Fake = Parameters<typeof fakeMachine>[0];

function keysOf(system: System, fake: Fake, version = '3.1') {
  return createAutoKeys({
    platform: platform(system, fakeMachine(fake)),
    networkWatch,
    integrationServicesVersion: () => version,
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
    });
    expect((await keys.at(1))?.value.toString()).toBe('');
    version = '3.1';
    expect((await keys.at(1))?.value.toString()).toBe('3.1');
  });
});

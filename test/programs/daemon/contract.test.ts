import { hostname, release } from 'node:os';
import { describe, expect, it } from 'vitest';
import { Status } from '../../../src/message/status.ts';
import { servedHost } from '../../support/served-host.ts';

const unknownAdapter = '00:15:5D:FF:FF:FF';
const autoKeys = [
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
const records = [
  { key: 'plain', value: 'text' },
  { key: 'grüße', value: 'žluťoučký kůň, 日本語' },
  { key: 'key with blanks', value: ' value; with = signs ' },
  { key: 'u32', value: '2147483647' },
  { key: 'u64', value: '9223372036854775807' },
];
const ok = { status: Status.ok };
const refused = { status: Status.noMoreItems };
const invalid = { status: Status.invalidArgument };
const missing = { ...refused, value: undefined };

describe.each(['linux', 'freebsd'] as const)('a host with a guest on %s', (system) => {
  it('sees the ten automatic keys, in order, and no more', async () => {
    const { host } = await servedHost(system);
    const { status, records: seen } = await host.enumerate(2);
    expect(seen.map(({ key }) => key)).toEqual(autoKeys);
    expect(status).toBe(Status.noMoreItems);
    const values = new Map(seen.map(({ key, value }) => [key, value]));
    expect(values.get('FullyQualifiedDomainName')).toContain(hostname());
    expect(values.get('OSBuildNumber')).toBe(release());
    expect(values.get('IntegrationServicesVersion')).toBe(system === 'linux' ? '3.1' : '');
  });

  it.each(autoKeys)('gets %s by its name', async (key) => {
    const { host } = await servedHost(system);
    const { records: seen } = await host.enumerate(2);
    const expected = seen.find((record) => record.key === key)?.value;
    expect(await host.get(2, key)).toEqual({ ...ok, value: expected });
  });

  it('cannot change the automatic keys', async () => {
    const { host } = await servedHost(system);
    expect(await host.set(2, 'OSName', 'other')).toEqual(refused);
    expect(await host.delete(2, 'OSName')).toEqual(refused);
    expect(await host.get(2, 'Other')).toEqual(missing);
  });

  it.each([0, 1, 3, 4])('sets, gets, enumerates and deletes records of pool %d', async (pool) => {
    const { host } = await servedHost(system);
    for (const { key, value } of records.slice(0, 3)) expect(await host.set(pool, key, value)).toEqual(ok);
    expect(await host.set(pool, 'u32', { u32: 2_147_483_647 })).toEqual(ok);
    expect(await host.set(pool, 'u64', { u64: 9_223_372_036_854_775_807n })).toEqual(ok);
    for (const { key, value } of records) expect(await host.get(pool, key)).toEqual({ ...ok, value });
    expect(await host.enumerate(pool)).toEqual({ ...refused, records });
    expect(await host.set(pool, 'plain', 'short')).toEqual(ok);
    expect(await host.delete(pool, 'grüße')).toEqual(ok);
    expect(await host.delete(pool, 'grüße')).toEqual(refused);
    const left = [{ key: 'plain', value: 'short' }, ...records.slice(2)];
    expect(await host.enumerate(pool)).toEqual({ ...refused, records: left });
  });

  it('finds no old tail behind a shorter value, as the stock daemon leaves it', async () => {
    const { host } = await servedHost(system);
    await host.set(0, 'key', 'a long value');
    await host.set(0, 'key', 'b');
    expect(await host.get(0, 'key')).toEqual({ ...ok, value: 'b' });
  });

  it.each([
    { name: 'REG_EXPAND_SZ', type: 2 },
    { name: 'REG_BINARY', type: 3 },
    { name: 'REG_QWORD', type: 11 },
  ])('does not lose a value to one of a type that the driver does not know, such as $name', async ({ type }) => {
    const { host, daemon } = await servedHost(system);
    await host.set(0, 'key', 'kept');
    for (const key of ['key', 'new']) {
      expect(await host.set(0, key, { type, bytes: Buffer.from('stray') })).toEqual(invalid);
      await daemon.logged(`refused a request: a value for '${key}' of pool external is of a type`);
    }
    expect(await host.enumerate(0)).toEqual({ ...refused, records: [{ key: 'key', value: 'kept' }] });
  });

  it.each(['', '\ufffd', '😀'])(
    'can set a value to the text %j, of which a driver hands on little or nothing',
    async (text) => {
      const { host } = await servedHost(system);
      await host.set(0, 'key', 'before');
      expect(await host.set(0, 'key', text)).toEqual(ok);
      expect(await host.get(0, 'key')).not.toMatchObject({ value: 'before' });
    },
  );

  it('ends an enumeration beyond 2³¹, at which the stock daemon crashes', async () => {
    const { host } = await servedHost(system);
    for (const index of [10, 2 ** 31 - 1, 2 ** 31, 2 ** 32 - 1]) {
      for (const pool of [0, 2]) expect(await host.enumerateAt(pool, index)).toEqual(missing);
    }
  });

  it.each([5, 255])('is told that there is no pool %d, at which the stock daemon exits', async (pool) => {
    const { host } = await servedHost(system);
    expect(await host.enumerateAt(pool, 0)).toMatchObject(invalid);
    expect(await host.get(pool, 'key')).toMatchObject(invalid);
    expect(await host.set(pool, 'key', 'value')).toEqual(invalid);
    expect(await host.delete(pool, 'key')).toEqual(invalid);
  });

  it('is told that an operation is unknown, which the stock daemon calls a success', async () => {
    const { host } = await servedHost(system);
    expect(await host.send({ operation: 'unknown', code: 77, pool: 0 })).toMatchObject({ status: Status.notSupported });
  });

  it('cannot use an empty key', async () => {
    const { host } = await servedHost(system);
    await host.set(0, 'first', 'kept');
    expect(await host.get(0, '')).toMatchObject(invalid);
    expect(await host.set(0, '', 'value')).toEqual(invalid);
    expect(await host.delete(0, '')).toEqual(invalid);
    expect(await host.get(0, 'first')).toEqual({ ...ok, value: 'kept' });
  });

  it('is refused the addresses of an adapter that is not there, and every change of them', async () => {
    const { host, daemon } = await servedHost(system);
    expect(await host.getIpInfo(unknownAdapter)).toEqual({ status: Status.fail, value: undefined });
    const value = { adapterId: '{guid}', addressFamily: 1, dhcpEnabled: true, addresses: '', subnets: '' };
    expect(await host.setIpInfo({ ...value, gateways: '', dnsServers: '' })).toEqual({ status: Status.guidNotFound });
    await daemon.logged("refused to set the addresses of adapter '{guid}'");
  });

  it('never gets the addresses of the loopback, whose MAC address is all zeros', async () => {
    const { host } = await servedHost(system);
    expect(await host.getIpInfo('00:00:00:00:00:00')).toEqual({ status: Status.fail, value: undefined });
  });
});

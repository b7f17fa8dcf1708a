import assert from 'node:assert/strict';
import { release } from 'node:os';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { eventually } from './eventually.ts';
import type { Lab } from './lab.ts';

export async function checkAutomaticKeys(lab: Lab): Promise<void> {
  const { host } = lab;
  const records = [
    { key: 'FullyQualifiedDomainName', value: 'guest.example.test' },
    { key: 'IntegrationServicesVersion', value: '3.1' },
    { key: 'NetworkAddressIPv4', value: '192.0.2.10' },
    { key: 'NetworkAddressIPv6', value: '2001:db8::10' },
    { key: 'OSBuildNumber', value: release() },
    { key: 'OSName', value: 'Guest Linux' },
    { key: 'OSMajorVersion', value: '4.2' },
    { key: 'OSMinorVersion', value: '' },
    { key: 'OSVersion', value: release().split('-')[0] },
    { key: 'ProcessorArchitecture', value: 'x86_64' },
  ];

  for (const [index, record] of records.entries()) {
    await lab.check(`automatic key ${index} is ${record.key}`, async () => {
      // The domain name is looked up in the background.
      await eventually(async () => {
        assert.deepEqual(await host.enumerateAt(PoolNumber.auto, index), { status: Status.ok, value: record });
      });
    });
  }

  await lab.check('ENUMERATE of pool 2 answers these ten, then says that there are no more', async () => {
    assert.deepEqual(await host.enumerate(PoolNumber.auto), { status: Status.noMoreItems, records });
  });

  await lab.check('GET answers an automatic key by its name', async () => {
    assert.deepEqual(await host.get(PoolNumber.auto, 'OSName'), { status: Status.ok, value: 'Guest Linux' });
    assert.deepEqual(await host.get(PoolNumber.auto, 'osname'), { status: Status.noMoreItems, value: undefined });
  });

  await lab.check('SET and DELETE of an automatic key are refused', async () => {
    assert.deepEqual(await host.set(PoolNumber.auto, 'OSName', 'Other'), { status: Status.noMoreItems });
    assert.deepEqual(await host.delete(PoolNumber.auto, 'OSName'), { status: Status.noMoreItems });
    assert.deepEqual(await host.get(PoolNumber.auto, 'OSName'), { status: Status.ok, value: 'Guest Linux' });
  });
}

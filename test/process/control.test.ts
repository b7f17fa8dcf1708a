import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askStatus, ControlClient } from '../../src/control/client.ts';
import { eventually } from '../support/eventually.ts';
import { servedHost } from '../support/served-host.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function watched() {
  const path = join(temporaryFolder(), 'run/control');
  const served = await servedHost('linux', ['--control-socket', path]);
  await eventually(() => statSync(path, { throwIfNoEntry: false }) !== undefined);
  return { ...served, path };
}

async function subscribed(path: string, values: boolean) {
  const client = await ControlClient.connect({ path });
  onTestFinished(() => {
    client.close();
  });
  return await client.events(values);
}

describe('the control socket', () => {
  it('tells how the daemon does', async () => {
    const { host, path, daemon, pools } = await watched();
    await host.set(0, 'key', 'value');
    await host.get(0, 'none');
    const status = await askStatus({ path });
    expect(status).toMatchObject({
      pid: daemon.pid,
      device: { state: 'registered', integrationServices: '3.1', trouble: '' },
      registrations: 1,
    });
    expect(status.transactions).toMatchObject([
      { operation: 'set', statuses: { ok: 1 } },
      { operation: 'get', statuses: { noMoreItems: 1 } },
    ]);
    expect(status.pools[0]).toEqual({
      number: 0,
      name: 'external',
      path: join(pools, '.kvp_pool_0'),
      records: 1,
      bytes: 2560,
    });
  });

  it('tells subscribers of every transaction, values only to those who ask', async () => {
    const { host, path } = await watched();
    const [plain, full] = [await subscribed(path, false), await subscribed(path, true)];
    await host.set(0, 'key', 's3cret');
    const set = { type: 'transaction', operation: 'set', pool: 0, key: 'key', valueBytes: 6, status: 'ok' };
    const { value: withoutValue } = await plain.next();
    const { value: withValue } = await full.next();
    expect(withoutValue).toMatchObject(set);
    expect(JSON.stringify(withoutValue)).not.toContain('s3cret');
    expect(withValue).toMatchObject({ ...set, value: 's3cret' });
  });
});

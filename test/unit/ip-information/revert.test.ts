import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readHistory } from '../../../src/ip-information/history.ts';
import { revert } from '../../../src/ip-information/revert.ts';
import { Status } from '../../../src/message/status.ts';
import { FakeNetwork, fakeTrust } from './support/fake-network.ts';
import { request } from './support/proposals.ts';

const former = '192.168.1.4/24';
const later = { addresses: '10.0.0.5' };

async function changed(): Promise<FakeNetwork> {
  const network = new FakeNetwork();
  const injector = network.injector();
  expect(await injector.set(request())).toBe(Status.ok);
  expect(await injector.set(request(later))).toBe(Status.ok);
  return network;
}

function historyOf({ stateDirectory }: FakeNetwork): ReturnType<typeof readHistory> {
  return readHistory(join(stateDirectory, 'ip-injection-history.json'), fakeTrust);
}

describe('what the host has set', () => {
  it('is remembered with its time, its back end and what was before', async () => {
    const network = await changed();
    const [first, second, ...others] = historyOf(network);
    expect(first).toMatchObject({ adapter: 'eth0', backEnd: 'networkd', from: former, to: '10.0.0.4/24' });
    expect(second).toMatchObject({ from: '10.0.0.4/24', to: '10.0.0.5/24', files: ['/etc/fake/eth0'] });
    expect(others).toEqual([]);
    expect(Date.parse(first?.at ?? '')).toBeLessThanOrEqual(Date.now());
  });

  it('is taken back to what was before the first change', async () => {
    const network = await changed();
    expect(await revert('eth0', network.revertOptions())).toEqual([
      { adapter: 'eth0', to: former, trouble: undefined },
    ]);
    expect(network.read()).toBe(`${former}\n`);
    expect(network.mode).toBe(0o640);
    expect(network.addresses).toEqual([former]);
    expect(existsSync(network.record)).toBe(false);
    expect(historyOf(network).map(({ reverted }) => reverted !== undefined)).toEqual([true, true]);
    expect(await revert(undefined, network.revertOptions())).toEqual([]);
  });

  it('is taken back to what the site had, also after a change that follows a revert', async () => {
    const network = await changed();
    await revert(undefined, network.revertOptions());
    network.write(['172.16.0.4/12']);
    expect(await network.injector().set(request())).toBe(Status.ok);
    await revert(undefined, { ...network.revertOptions(), patienceMs: 0 });
    expect(network.read()).toBe('172.16.0.4/12\n');
  });

  it('is not what the site has written since, which stays, and that is told', async () => {
    const network = await changed();
    network.write(['172.16.0.4/12']);
    const results = await revert('eth0', { ...network.revertOptions(), patienceMs: 0 });
    expect(results).toMatchObject([{ adapter: 'eth0', trouble: `${former} is missing` }]);
    expect(network.read()).toBe('172.16.0.4/12\n');
  });

  it('is nothing for another adapter, and nothing while a change is not undone', async () => {
    const network = await changed();
    expect(await revert('eth1', network.revertOptions())).toEqual([]);
    network.overrides.set('fake-up eth0', () => new Promise(() => undefined));
    network.commands.length = 0;
    const pending = network.injector().set(request());
    await expect.poll(() => network.commands.at(-1)).toBe('fake-up eth0');
    network.letGo();
    expect(await revert('eth0', network.revertOptions())).toMatchObject({
      refusal: expect.stringContaining('interrupted') as string,
    });
    expect(network.read()).toBe('10.0.0.4/24\n');
    await pending;
  });
});

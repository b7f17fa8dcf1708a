import { lstatSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askStatus, ControlClient } from '../../../src/control/client.ts';
import type { ControlEvent } from '../../../src/control/protocol.ts';
import { Status } from '../../../src/message/status.ts';
import { DaemonProcess } from '../../support/daemon-process.ts';
import { eventually } from '../../support/eventually.ts';
import { RawClient } from '../../support/raw-client.ts';
import { neighbourWithLock } from '../../support/neighbour-with-lock.ts';
import { poolFile, servedHost } from '../../support/served-host.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { watchedHost } from '../../support/watched-host.ts';

const ok = { status: Status.ok };
const fullValue = 'v'.repeat(1000);
const requests = 1500;
const kibibytesOfClients = 32 * 1024;

async function subscribed(path: string, values: boolean): Promise<AsyncGenerator<ControlEvent, void>> {
  const client = await ControlClient.connect({ path });
  onTestFinished(() => {
    client.close();
  });
  return await client.events(values);
}

function residentKibibytes(pid: number): number {
  return Number(/^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);
}

describe('a daemon with a control socket', () => {
  it('tells how it does', async () => {
    const { host, socket: path, daemon, pools } = await watchedHost();
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
    const file = join(pools, '.kvp_pool_0');
    expect(status.pools[0]).toEqual({
      number: 0,
      name: 'external',
      path: file,
      records: 1,
      bytes: 2560,
      journalTrouble: '',
    });
    expect(status.lastRequestAt).not.toBeNull();
  });

  it('tells subscribers of every transaction, values only to those who ask', async () => {
    const { host, socket } = await watchedHost();
    const [plain, full] = [await subscribed(socket, false), await subscribed(socket, true)];
    const seen: string[] = [];
    const both = async (expected: object, value?: string): Promise<void> => {
      const [{ value: one }, { value: other }] = await Promise.all([plain.next(), full.next()]);
      seen.push(JSON.stringify(one));
      expect(one).toMatchObject({ type: 'transaction', ...expected });
      expect(other).toMatchObject({ type: 'transaction', ...expected, ...(value === undefined ? {} : { value }) });
    };
    await host.set(0, 'key', 's3cret');
    await both({ operation: 'set', pool: 0, key: 'key', valueBytes: 6, status: 'ok' }, 's3cret');
    await host.get(0, 'key');
    await both({ operation: 'get', pool: 0, key: 'key', valueBytes: 6, status: 'ok' }, 's3cret');
    await host.enumerateAt(0, 0);
    await both({ operation: 'enumerate', pool: 0, index: 0, key: 'key', valueBytes: 6, status: 'ok' }, 's3cret');
    await host.enumerateAt(0, 1);
    await both({ operation: 'enumerate', pool: 0, index: 1, status: 'noMoreItems' });
    await host.delete(0, 'key');
    await both({ operation: 'delete', pool: 0, key: 'key', status: 'ok' });
    await host.getIpInfo('00:15:5D:FF:FF:FF');
    await both({ operation: 'get-ip-info', adapter: '00:15:5D:FF:FF:FF', status: 'fail' });
    const value = { adapterId: '{guid}', addressFamily: 1, dhcpEnabled: false, addresses: '10.7.7.7', subnets: '24' };
    await host.setIpInfo({ ...value, gateways: '', dnsServers: '' });
    await both({ operation: 'set-ip-info', adapter: '{guid}', status: 'guidNotFound' });
    await host.send({ operation: 'unknown', code: 77, pool: 0 });
    await both({ operation: 'refused', reason: 'unknown operation 77', status: 'notSupported' });
    expect(seen.join('\n')).not.toMatch(/s3cret|10\.7\.7\.7/);
  });

  it('tells subscribers that the device is lost, and that it is back', async () => {
    const { simulator, socket } = await watchedHost();
    const events = await subscribed(socket, false);
    simulator.rescind();
    let event = await events.next();
    // It may have subscribed while the daemon was reading the driver's answer.
    if (event.value?.type === 'registered') event = await events.next();
    expect(event.value).toMatchObject({ type: 'lost' });
    expect((await askStatus({ path: socket })).device).toMatchObject({ state: 'waiting' });
    simulator.offer();
    await simulator.daemonConnected();
    for await (const event of events) if (event.type === 'registered') break;
    expect(await askStatus({ path: socket })).toMatchObject({ registrations: 2, losses: 1, device: { trouble: '' } });
  });

  it('can be asked while it waits for its device', async () => {
    const socket = join(temporaryFolder(), 'control');
    const daemon = new DaemonProcess(['--device', '/nonexistent/device', '--control-socket', socket]);
    await daemon.logged('waiting for the device');
    await eventually(() => statSync(socket, { throwIfNoEntry: false }) !== undefined);
    const { device, lastRequestAt } = await askStatus({ path: socket });
    expect(device).toMatchObject({ state: 'waiting', integrationServices: '' });
    expect(device.trouble).toContain('ENOENT');
    expect(lastRequestAt).toBeNull();
  });

  it('answers its host as ever while a subscriber does not read: events are counted, not kept', async () => {
    const { host, socket, daemon } = await watchedHost();
    await host.set(1, 'key', fullValue);
    const stalled = await RawClient.connect(socket);
    stalled.say({ request: 'subscribe', values: true });
    await stalled.until('subscribed');
    stalled.socket.pause();
    const before = residentKibibytes(daemon.pid);
    for (let count = 0; count < requests; count += 1) {
      expect(await host.get(1, 'key')).toEqual({ ...ok, value: fullValue });
    }
    expect(residentKibibytes(daemon.pid) - before).toBeLessThan(kibibytesOfClients);
    stalled.socket.resume();
    const events = await stalled.until('dropped');
    const dropped = Number(events.at(-1)?.['count']);
    expect(dropped).toBeGreaterThan(0);
    expect(events.length - 1 + dropped).toBe(requests);
  });

  it('answers its host while clients send garbage, flood it and vanish', async () => {
    const { host, socket } = await watchedHost();
    const flood = await RawClient.connect(socket);
    flood.say('{"request":"status"}\n'.repeat(50_000));
    for (let count = 0; count < 100; count += 1) {
      const rude = await RawClient.connect(socket);
      rude.say(Buffer.alloc(10_000, count).toString('latin1'));
      rude.socket.destroy();
      expect(await host.set(1, 'key', String(count))).toEqual(ok);
    }
    flood.socket.destroy();
    expect((await askStatus({ path: socket })).transactions).toMatchObject([
      { operation: 'set', statuses: { ok: 100 } },
    ]);
  });

  it('counts waits for a lock', async () => {
    const served = await watchedHost();
    await served.host.set(1, 'key', 'value');
    const { letGo } = await neighbourWithLock(poolFile(served, 1));
    const set = served.host.set(1, 'key', 'new');
    await askStatus({ path: served.socket });
    letGo();
    expect(await set).toEqual(ok);
    expect((await askStatus({ path: served.socket })).lockWaits.count).toBe(1);
  });
});

describe('the control socket', () => {
  it('is for root only, is gone after the daemon, and is replaced after a kill', async () => {
    const { socket, daemon, restart, simulator } = await watchedHost();
    expect(statSync(socket).mode & 0o777).toBe(0o600);
    daemon.process.kill('SIGKILL');
    await daemon.ended();
    expect(lstatSync(socket).isSocket()).toBe(true);
    const next = restart();
    await simulator.daemonConnected();
    const answering = async (): Promise<number> => {
      const answer = await askStatus({ path: socket }).catch(() => undefined);
      return answer?.pid ?? (await answering());
    };
    expect(await answering()).toBe(next.pid);
    await next.terminate();
    expect(lstatSync(socket, { throwIfNoEntry: false })).toBeUndefined();
  });

  it('stays with the daemon that has it; another one warns and serves', async () => {
    const { socket, daemon } = await watchedHost();
    const second = await servedHost('linux', ['--control-socket', socket]);
    await second.daemon.logged('EADDRINUSE');
    expect(await second.host.set(0, 'key', 'value')).toEqual(ok);
    await second.daemon.terminate();
    expect((await askStatus({ path: socket })).pid).toBe(daemon.pid);
  });

  it('costs one warning if it cannot be', async () => {
    const { daemon, host } = await servedHost('linux', ['--control-socket', '/dev/null/control']);
    await daemon.logged('cannot listen there');
    expect(await host.set(0, 'key', 'value')).toEqual(ok);
    expect(daemon.lines.filter((line) => line.includes('warning'))).toHaveLength(1);
  });

  it('is nowhere unless configured, if the device is not the system’s', async () => {
    const { host, pools } = await servedHost('linux');
    await host.set(0, 'key', 'value');
    expect(lstatSync(join(pools, '.hyperv-kvp/control'), { throwIfNoEntry: false })).toBeUndefined();
  });
});

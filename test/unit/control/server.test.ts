import { once } from 'node:events';
import { lstatSync, readdirSync, renameSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { clientLimit, type ControlEvent, lineLimit, queueLimit } from '../../../src/control/protocol.ts';
import { listenAt as listenPrivatelyAt } from '../../../src/control/socket-file.ts';
import { ControlServer, type ControlServerOptions } from '../../../src/control/server.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { RawClient } from '../../support/raw-client.ts';
import { statusReport } from '../../support/status-report.ts';

const hello = { type: 'hello', protocol: 1, version: '1.2.3', pid: process.pid };
const lineSize = 1024;
const eventCount = 4000;
const permissions = 0o777;

async function opened(change: Partial<ControlServerOptions> = {}) {
  const path = join(temporaryFolder(), 'run/control');
  const server = await ControlServer.open({
    path,
    version: '1.2.3',
    status: statusReport,
    autoKeys: () => Promise.resolve([{ key: 'OSName', value: 'Debian' }]),
    configuration: () =>
      Promise.resolve({ type: 'configuration', file: '', readAt: '', hasChanged: false, lapse: '', settings: [] }),
    warn: () => undefined,
    ...change,
  });
  onTestFinished(() => {
    server.close();
  });
  return { server, path: change.path ?? path };
}

async function subscriber(path: string, values = false): Promise<RawClient> {
  const client = await RawClient.connect(path);
  client.say({ request: 'subscribe', values });
  await client.until('subscribed');
  return client;
}

/** A server that does not take its socket away. */
async function listenAt(path: string): Promise<Server> {
  const server = createServer().listen(`${path}.other`);
  await once(server, 'listening');
  renameSync(`${path}.other`, path);
  return server;
}

function lost(trouble: string): ControlEvent {
  return { type: 'lost', at: '2026-01-01T00:00:00.000Z', trouble };
}

describe('the socket', () => {
  it('is nobody else’s at any moment, whatever the umask', async () => {
    const before = process.umask(0);
    onTestFinished(() => {
      process.umask(before);
    });
    const modes: number[] = [];
    const server = createServer();
    const listen = server.listen.bind(server);
    vi.spyOn(server, 'listen').mockImplementation((path) => {
      listen(path);
      modes.push(statSync(String(path)).mode & permissions);
      return server;
    });
    const file = await listenPrivatelyAt(server, join(temporaryFolder(), 'control'));
    onTestFinished(() => {
      file.remove();
      server.close();
    });
    expect(modes).toEqual([0o600]);
    expect(process.umask(before)).toBe(0);
  });

  it('is for its owner only, in a folder of its own', async () => {
    const { path } = await opened();
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    expect(readdirSync(dirname(path))).toEqual(['control']);
  });

  it('is gone when the daemon has ended', async () => {
    const { server, path } = await opened();
    server.close();
    expect(readdirSync(dirname(path))).toEqual([]);
  });

  it('is not taken from another daemon that lives', async () => {
    const { path } = await opened();
    await expect(opened({ path })).rejects.toMatchObject({ code: 'EADDRINUSE', syscall: 'listen' });
    const client = await RawClient.connect(path);
    expect(await client.next()).toEqual(hello);
  });

  it('takes the place of one that a dead daemon has left', async () => {
    const path = join(temporaryFolder(), 'control');
    (await listenAt(path)).close();
    expect(lstatSync(path).isSocket()).toBe(true);
    await opened({ path });
    expect(await (await RawClient.connect(path)).next()).toEqual(hello);
  });

  it.each([
    [
      'a file',
      (path: string) => {
        writeFileSync(path, 'text');
      },
    ],
    [
      'a link',
      (path: string) => {
        symlinkSync('/nonexistent', path);
      },
    ],
  ])('leaves %s as it is', async (_, make) => {
    const path = join(temporaryFolder(), 'control');
    make(path);
    const before = lstatSync(path);
    await expect(opened({ path })).rejects.toMatchObject({ code: 'EEXIST' });
    expect(lstatSync(path)).toEqual(before);
  });

  it('does not take away the one of its successor', async () => {
    const { server, path } = await opened();
    const successor = await listenAt(path);
    server.close();
    expect(lstatSync(path).isSocket()).toBe(true);
    successor.close();
  });
});

describe('a client', () => {
  it('is greeted, and told how the daemon does, as often as it asks', async () => {
    const { path } = await opened();
    const client = await RawClient.connect(path);
    client.say({ request: 'status' });
    client.say({ request: 'status' });
    expect(await client.next()).toEqual(hello);
    expect(await client.next()).toEqual(statusReport());
    expect(await client.next()).toEqual(statusReport());
  });

  it('is told the automatic keys, in the order in which a host indexes them', async () => {
    const { path } = await opened();
    const client = await RawClient.connect(path);
    client.say({ request: 'auto-keys' });
    await client.until('auto-keys');
    client.say({ request: 'auto-keys' });
    expect(await client.next()).toEqual({ type: 'auto-keys', records: [{ key: 'OSName', value: 'Debian' }] });
  });

  it('may close its end after its request', async () => {
    const { path } = await opened();
    const client = await RawClient.connect(path);
    client.socket.end('{"request":"status"}\n');
    await client.until('status');
    expect(await client.next()).toBeUndefined();
  });

  it.each([
    ['no JSON', 'GET / HTTP/1.0\n'],
    ['bytes', '\u0000\u00ff\n'],
    ['JSON that is no object', '5\n'],
    ['null', 'null\n'],
    ['an unknown request', '{"request":"reboot"}\n'],
    ['a request without a name', '{}\n'],
  ])('that sends %s is told so, and hung up on', async (_, text) => {
    const { path } = await opened();
    const client = await RawClient.connect(path);
    client.say(text);
    expect(await client.until('error')).toHaveLength(2);
    expect(await client.next()).toBeUndefined();
  });

  it.each([
    ['without end', 'x'.repeat(10 * lineLimit)],
    ['too long', `${'x'.repeat(lineLimit + 1)}\n`],
  ])('that sends a line %s is hung up on', async (_, text) => {
    const { path } = await opened();
    const client = await RawClient.connect(path);
    client.say(text);
    expect(String((await client.until('error')).at(-1)?.['error'])).toContain('longer than');
    expect(await client.next()).toBeUndefined();
  });

  it('that floods the daemon is answered at a bounded pace', async () => {
    const status = vi.fn(() => statusReport());
    const { path } = await opened({ status });
    const client = await RawClient.connect(path);
    client.say('{"request":"status"}\n'.repeat(10_000));
    const begun = performance.now();
    while (performance.now() - begun < 300) await new Promise((resolve) => setTimeout(resolve, 1));
    expect(status.mock.calls.length).toBeGreaterThan(1);
    expect(status.mock.calls.length).toBeLessThan(20);
  });

  it('beyond the limit is turned away, and let in when another has left', async () => {
    const { path } = await opened();
    const clients: RawClient[] = [];
    for (let count = 0; count < clientLimit; count += 1) clients.push(await subscriber(path));
    const late = await RawClient.connect(path);
    expect(await late.next()).toBeUndefined();
    clients[0]?.socket.destroy();
    const admitted = async (): Promise<boolean> => (await (await RawClient.connect(path)).next()) !== undefined;
    while (!(await admitted()));
  });
});

describe('an event', () => {
  it('is made only if somebody has subscribed', async () => {
    const { server, path } = await opened();
    const make = vi.fn(() => lost('trouble'));
    server.publish(make);
    const client = await RawClient.connect(path);
    await client.next();
    server.publish(make);
    expect(make).not.toHaveBeenCalled();
  });

  it('is made once for all who read it alike', async () => {
    const { server, path } = await opened();
    const clients = [await subscriber(path), await subscriber(path), await subscriber(path, true)];
    const make = vi.fn((values: boolean) => lost(values ? 'all' : 'plain'));
    server.publish(make);
    const seen = await Promise.all(clients.map((client) => client.next()));
    expect(seen).toMatchObject([{ trouble: 'plain' }, { trouble: 'plain' }, { trouble: 'all' }]);
    expect(make).toHaveBeenCalledTimes(2);
  });

  it('that a client is too slow for is counted, not kept: what it reads later tells how many', async () => {
    const { server, path } = await opened();
    const slow = await subscriber(path);
    const quick = await subscriber(path);
    const quickly = quick.until('dropped');
    quickly.catch(() => undefined);
    const make = vi.fn(() => lost('x'.repeat(lineSize)));
    slow.socket.pause();
    const before = process.memoryUsage().arrayBuffers;
    for (let count = 0; count < eventCount; count += 1) {
      server.publish(make);
      // The quick one gets its turn.
      await new Promise((resolve) => setImmediate(resolve));
    }
    slow.socket.resume();
    const events = await slow.until('dropped');
    const told = Number(events.at(-1)?.['count']);
    expect(events.length - 1 + told).toBe(eventCount);
    // What lies in the kernel's buffers comes on top.
    expect(told * lineSize).toBeGreaterThan((eventCount * lineSize) / 2);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(16 * queueLimit);
    server.publish(() => lost('later'));
    expect(await slow.next()).toMatchObject({ trouble: 'later' });
    expect(make).toHaveBeenCalledTimes(eventCount);
    quick.socket.destroy();
  });

  it('does not reach a client that is gone, and harms nobody', async () => {
    const { server, path } = await opened();
    const gone = await subscriber(path);
    const stays = await subscriber(path);
    gone.socket.destroy();
    for (let count = 0; count < 10; count += 1) server.publish(() => lost('trouble'));
    expect(await stays.next()).toMatchObject({ trouble: 'trouble' });
  });
});

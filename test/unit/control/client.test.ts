import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askStatus, ControlClient } from '../../../src/control/client.ts';
import { temporaryFolder } from '../../support/temporary-folder.ts';
import { statusReport } from '../../support/status-report.ts';

const hello = '{"type":"hello","protocol":1,"version":"1.2.3","pid":1}\n';

/** Something that listens where a daemon should. */
async function listening(welcome: (socket: Socket) => void): Promise<string> {
  const path = join(temporaryFolder(), 'control');
  const server = createServer(welcome).listen(path);
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
  });
  return path;
}

describe('who asks a daemon', () => {
  it.each([
    ['nobody listens', '/nonexistent/control', 'no-daemon'],
    ['the path is no socket', '/dev/null', 'no-daemon'],
  ])('is told when %s', async (_, path, trouble) => {
    await expect(askStatus({ path })).rejects.toMatchObject({ name: 'ControlError', trouble });
  });

  it('is shown no escape of a daemon that was taken over', async () => {
    const escape = String.raw`\u001b]0;x`;
    const pool = `{"number":"${escape}","name":"${escape}"}`;
    const told = `{"type":"status","at":"${escape}","pid":"${escape}","statuses":{"${escape}":1},"pools":[${pool}]}\n`;
    const path = await listening((socket) => socket.write(hello + told));
    expect(JSON.stringify(await askStatus({ path }))).not.toMatch(/[^\\]\\u001b/);
  });

  it('does not wait for ever', async () => {
    const path = await listening(() => undefined);
    await expect(askStatus({ path, timeoutMs: 50 })).rejects.toMatchObject({ trouble: 'silent' });
  });

  it('does not wait for ever after the greeting', async () => {
    const path = await listening((socket) => socket.write(hello));
    await expect(askStatus({ path, timeoutMs: 50 })).rejects.toMatchObject({ trouble: 'silent' });
  });

  it.each([
    ['hangs up', '', 'silent'],
    ['does not speak the protocol', 'SSH-2.0\n', 'not-understood'],
    ['speaks another version', '{"type":"hello","protocol":2}\n', 'not-understood'],
    ['does not greet', '{"type":"status"}\n', 'not-understood'],
    ['never ends its line', 'x'.repeat(2_000_000), 'not-understood'],
    ['refuses', `${hello}{"type":"error","error":"no"}\n`, 'not-understood'],
  ])('is told when what listens %s', async (_, text, trouble) => {
    const path = await listening((socket) => {
      socket.on('error', () => undefined);
      socket.end(text);
    });
    await expect(askStatus({ path })).rejects.toMatchObject({ name: 'ControlError', trouble });
  });

  it('passes over what a later daemon may send besides', async () => {
    const status = JSON.stringify(statusReport());
    const path = await listening((socket) => socket.write(`${hello}{"type":"news"}\n${status}\n`));
    expect(await askStatus({ path })).toEqual(statusReport());
  });

  it('sees events end when it closes, and when the daemon ends', async () => {
    const path = await listening((socket) => {
      socket.write(`${hello}{"type":"subscribed","values":false}\n`);
      socket.on('error', () => undefined);
      socket.once('data', () => undefined);
    });
    const client = await ControlClient.connect({ path });
    const events = await client.events(false);
    const next = events.next();
    client.close();
    expect(await next).toEqual({ done: true, value: undefined });
  });
});

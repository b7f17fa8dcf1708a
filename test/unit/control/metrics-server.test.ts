import { once } from 'node:events';
import { createConnection } from 'node:net';
import { networkInterfaces } from 'node:os';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { openMetricsServer } from '../../../src/control/metrics-server.ts';
import { freePort } from '../../support/free-port.ts';
import { statusReport } from '../../support/status-report.ts';

async function opened(): Promise<number> {
  const port = await freePort();
  const server = await openMetricsServer({ port, status: statusReport, warn: () => undefined });
  onTestFinished(() => {
    server.close();
  });
  return port;
}

describe('the metrics over HTTP', () => {
  it('are had by GET /metrics, and nothing else is', async () => {
    const at = `http://127.0.0.1:${await opened()}`;
    const answer = await fetch(`${at}/metrics`);
    expect(answer.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
    expect(await answer.text()).toContain('hyperv_kvp_registered 1\n');
    expect((await fetch(`${at}/`)).status).toBe(404);
    expect((await fetch(`${at}/metrics/../etc/passwd`)).status).toBe(404);
    expect((await fetch(`${at}/metrics`, { method: 'POST' })).status).toBe(405);
  });

  it('are made once a second, however often they are asked for', async () => {
    const status = vi.fn(statusReport);
    const port = await freePort();
    const server = await openMetricsServer({ port, status, warn: () => undefined });
    onTestFinished(() => {
      server.close();
    });
    const start = performance.now();
    for (let request = 0; request < 50; request += 1) await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
    expect(status.mock.calls.length).toBeLessThanOrEqual(1 + (performance.now() - start) / 1000);
  });

  it('are had from this machine only', async () => {
    const port = await opened();
    const own = Object.values(networkInterfaces())
      .flat()
      .find((each) => each?.internal === false);
    if (own === undefined) return;
    await expect(
      fetch(`http://${own.family === 'IPv6' ? `[${own.address}]` : own.address}:${port}/metrics`),
    ).rejects.toThrow();
  });

  it('are not kept from others by clients that say nothing or only a little', async () => {
    const port = await opened();
    const sockets = Array.from({ length: 7 }, () => createConnection(port, '127.0.0.1'));
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
    });
    await Promise.all(sockets.map((socket) => once(socket, 'connect')));
    for (const socket of sockets) socket.write('GET /metrics HTTP/1.1\r\nx: ');
    expect((await fetch(`http://127.0.0.1:${port}/metrics`)).status).toBe(200);
    // Each is hung up on after its time, whatever it says meanwhile.
    await Promise.all(sockets.map((socket) => once(socket.resume(), 'close')));
  });

  it('are refused with a system error if another has the port', async () => {
    const port = await opened();
    await expect(openMetricsServer({ port, status: statusReport, warn: () => undefined })).rejects.toMatchObject({
      code: 'EADDRINUSE',
    });
  });
});

import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { exposition } from './exposition.ts';
import type { StatusReport } from './protocol.ts';

// Not imported: for one of its names, Node 22.5 and later would load their HTTP client, whose WebAssembly wakes threads later.
const { createServer } = process.getBuiltinModule('node:http');

export interface MetricsServerOptions {
  readonly port: number;
  readonly status: () => StatusReport;
  readonly warn: (text: string) => void;
}

export interface MetricsServer {
  close(): void;
}

const loopback = '127.0.0.1';
const clientLimit = 8;
/** A client may take so long, from connecting to the last byte of its answer. */
const clientTimeMs = 5000;
const keptMs = 1000;
const never = 2_147_483_647;
const httpStatus = { ok: 200, notFound: 404, methodNotAllowed: 405 } as const;
const mediaType = 'text/plain; version=0.0.4; charset=utf-8';

/** Answers GET /metrics on the loopback only. Throws a system error if the port cannot be had. */
export async function openMetricsServer({ port, status, warn }: MetricsServerOptions): Promise<MetricsServer> {
  // Node would look for slow clients all the time; here each has a timer of its own, so that without clients nothing wakes.
  const text = keptFor(keptMs, () => exposition(status()));
  const server = createServer({ connectionsCheckingInterval: never }, ({ method, url }, response) => {
    if (url !== '/metrics') answer(response, httpStatus.notFound, 'only /metrics is served\n');
    else if (method !== 'GET') answer(response, httpStatus.methodNotAllowed, 'only GET is supported\n');
    else answer(response, httpStatus.ok, text());
  });
  server.maxConnections = clientLimit;
  server.on('connection', (socket) => {
    const timer = setTimeout(() => socket.destroy(), clientTimeMs);
    socket.on('close', () => {
      clearTimeout(timer);
    });
  });
  server.listen(port, loopback);
  await once(server, 'listening');
  server.on('error', (error) => {
    warn(`cannot accept a client of the metrics port: ${error.message}`);
  });
  return {
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** Every local user may ask, as often as it likes: the text is not made for each. */
function keptFor(milliseconds: number, make: () => string): () => string {
  let made = '';
  let madeAt = -Infinity;
  return () => {
    if (performance.now() - madeAt < milliseconds) return made;
    made = make();
    madeAt = performance.now();
    return made;
  };
}

function answer(response: ServerResponse, code: number, text: string): void {
  response.writeHead(code, { 'content-type': mediaType, connection: 'close' });
  response.end(text);
}

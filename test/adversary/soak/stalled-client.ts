import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import type { ControlRequest } from '../../../src/control/protocol.ts';

const request: ControlRequest = { request: 'subscribe', values: true };

/** A client of the daemon's control socket that asks for every event and never reads one. */
export class StalledClient {
  readonly #path: string;
  #socket: Socket | undefined;

  constructor(path: string) {
    this.#path = path;
  }

  /** Takes the place of the one before, if there is one. */
  async renew(): Promise<void> {
    this.close();
    this.#socket = createConnection(this.#path);
    await once(this.#socket, 'connect');
    // Whatever the daemon does with it is no trouble of the soak's.
    this.#socket.pause().on('error', () => undefined);
    this.#socket.write(`${JSON.stringify(request)}\n`);
  }

  close(): void {
    this.#socket?.destroy();
    this.#socket = undefined;
  }
}

import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { linesOf } from '../../src/control/lines.ts';

type Message = Readonly<Record<string, unknown>>;

/** A client of the control socket that a test plays by hand; it reads only when it is told to. */
export class RawClient {
  readonly socket: Socket;
  readonly #lines: AsyncGenerator<string, void>;

  private constructor(socket: Socket) {
    this.socket = socket;
    this.#lines = linesOf(socket.setEncoding('utf8'));
    socket.on('error', () => undefined);
    onTestFinished(() => {
      socket.destroy();
    });
  }

  static async connect(path: string): Promise<RawClient> {
    const socket = createConnection(path);
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  say(text: string | object): void {
    this.socket.write(typeof text === 'string' ? text : `${JSON.stringify(text)}\n`);
  }

  /** The next message; undefined once the daemon closed the connection. */
  async next(): Promise<Message | undefined> {
    const { value } = await this.#lines.next();
    // Tests check what it holds.
    return value === undefined ? undefined : (JSON.parse(value) as Message);
  }

  /** Reads on until a message of a type. */
  async until(type: string): Promise<readonly Message[]> {
    const messages: Message[] = [];
    for (;;) {
      const message = await this.next();
      if (message === undefined) throw new Error(`the daemon hung up before '${type}'`);
      messages.push(message);
      if (message['type'] === type) return messages;
    }
  }
}

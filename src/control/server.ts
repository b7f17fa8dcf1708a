import { createServer, type Server, type Socket } from 'node:net';
import { native } from '../device/native.ts';
import { type Answers, Conversation, encodeLine } from './conversation.ts';
import { clientLimit, type ControlEvent, type Hello, protocolVersion } from './protocol.ts';
import { listenAt, type SocketFile } from './socket-file.ts';

export interface ControlServerOptions extends Answers {
  /** Of the socket. */
  readonly path: string;
  /** Of the daemon. */
  readonly version: string;
  /** Called for a client that could not be accepted. */
  readonly warn: (text: string) => void;
}

/** Reports the daemon's status to clients on a UNIX socket. Without clients it costs nothing. */
export class ControlServer {
  readonly #server: Server;
  readonly #conversations = new Set<Conversation>();
  #file: SocketFile | undefined;

  private constructor({ version, warn, ...answers }: ControlServerOptions) {
    const hello: Hello = { type: 'hello', protocol: protocolVersion, version, pid: process.pid };
    this.#server = createServer((socket) => {
      if (!isForUs(socket)) {
        socket.destroy();
        return;
      }
      const conversation: Conversation = new Conversation(socket, hello, answers, () => {
        this.#conversations.delete(conversation);
      });
      this.#conversations.add(conversation);
    });
    this.#server.maxConnections = clientLimit;
    this.#server.on('error', (error) => {
      if (this.#file !== undefined) warn(`cannot accept a client of the control socket: ${error.message}`);
    });
  }

  /** Throws a system error if the socket cannot be there, EADDRINUSE if another daemon has it. */
  static async open(options: ControlServerOptions): Promise<ControlServer> {
    const opened = new ControlServer(options);
    opened.#file = await listenAt(opened.#server, options.path);
    return opened;
  }

  /** Sends an event to every subscriber; it is made only if there is one. */
  publish(event: (values: boolean) => ControlEvent): void {
    if (this.#conversations.size === 0) return;
    const lines = new Map<boolean, Buffer>();
    const encode = (values: boolean): Buffer => {
      const line = lines.get(values) ?? encodeLine(event(values));
      lines.set(values, line);
      return line;
    };
    for (const conversation of this.#conversations) conversation.offer(encode);
  }

  close(): void {
    this.#file?.remove();
    this.#server.close();
    for (const conversation of this.#conversations) conversation.close();
  }
}

/** Whether whoever has connected is root or this process's own user, as the kernel noted it then. */
function isForUs(socket: Socket): boolean {
  // Node has no public way to the descriptor.
  const { _handle: handle } = socket as Socket & { readonly _handle?: { readonly fd: number } | null };
  const peer = handle === null || handle === undefined ? undefined : native.peerUser(handle.fd);
  return peer === 0 || peer === process.geteuid?.();
}

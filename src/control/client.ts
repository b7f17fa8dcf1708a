import { once } from 'node:events';
import { createConnection, type Socket } from 'node:net';
import { isSystemError } from '../device/system-error.ts';
import { parseJson } from '../message/json.ts';
import { printable } from '../message/printable.ts';
import { EndlessLine, linesOf } from './lines.ts';
import {
  type AutoKeyReport,
  type ConfigurationReport,
  type ControlEvent,
  type ControlMessage,
  type ControlRequest,
  type Hello,
  protocolVersion,
  type StatusReport,
} from './protocol.ts';

/** Why a daemon cannot be asked. */
export type ControlTrouble =
  /** Nobody listens at the socket. */
  | 'no-daemon'
  /** This user may not ask. */
  | 'forbidden'
  /** The daemon does not answer, or closed the connection. */
  | 'silent'
  /** What listens does not speak our version of the protocol. */
  | 'not-understood';

export class ControlError extends Error {
  override readonly name = 'ControlError';
  readonly trouble: ControlTrouble;

  constructor(trouble: ControlTrouble, message: string, options?: ErrorOptions) {
    super(message, options);
    this.trouble = trouble;
  }
}

export interface ControlClientOptions {
  /** Of the daemon's socket. */
  readonly path: string;
  /** How long an answer may take. */
  readonly timeoutMs?: number;
}

const defaultTimeoutMs = 5000;

interface Connection {
  readonly path: string;
  readonly timeoutMs: number;
  readonly socket: Socket;
  readonly messages: AsyncGenerator<ControlMessage, void>;
}

/** Asks a running daemon. Every method may throw {@link ControlError}. */
export class ControlClient {
  readonly hello: Hello;
  readonly #connection: Connection;

  private constructor(connection: Connection, hello: Hello) {
    this.#connection = connection;
    this.hello = hello;
  }

  /** Connects, and checks that the daemon speaks our version. */
  static async connect({ path, timeoutMs = defaultTimeoutMs }: ControlClientOptions): Promise<ControlClient> {
    const socket = await connected(path);
    socket.on('timeout', () => {
      socket.destroy(new ControlError('silent', `the daemon at ${path} does not answer`));
    });
    const connection = { path, timeoutMs, socket, messages: messagesOf(socket, path) };
    const hello = await nextMessage(connection);
    if (hello.type === 'hello' && hello.protocol === protocolVersion) return new ControlClient(connection, hello);
    socket.destroy();
    throw new ControlError('not-understood', `what listens at ${path} does not speak version ${protocolVersion}`);
  }

  async status(): Promise<StatusReport> {
    return await this.#answer({ request: 'status' }, 'status');
  }

  async autoKeys(): Promise<readonly AutoKeyReport[]> {
    return (await this.#answer({ request: 'auto-keys' }, 'auto-keys')).records;
  }

  async configuration(values: boolean): Promise<ConfigurationReport> {
    return await this.#answer({ request: 'configuration', values }, 'configuration');
  }

  /** Subscribes; then gives what happens from now on, until the daemon ends or the client is closed. */
  async events(values: boolean): Promise<AsyncGenerator<ControlEvent, void>> {
    await this.#answer({ request: 'subscribe', values }, 'subscribed');
    return eventsOf(this.#connection.messages);
  }

  close(): void {
    this.#connection.socket.destroy();
  }

  /** Events come between. */
  async #answer<Type extends ControlMessage['type']>(
    request: ControlRequest,
    type: Type,
  ): Promise<Extract<ControlMessage, { readonly type: Type }>> {
    this.#connection.socket.write(`${JSON.stringify(request)}\n`);
    for (;;) {
      const message = await nextMessage(this.#connection);
      if (isOfType(message, type)) return message;
    }
  }
}

function isOfType<Type extends ControlMessage['type']>(
  message: ControlMessage,
  type: Type,
): message is Extract<ControlMessage, { readonly type: Type }> {
  return message.type === type;
}

/** Within the time; after that, the connection is closed. */
async function nextMessage({ path, timeoutMs, socket, messages }: Connection): Promise<ControlMessage> {
  socket.setTimeout(timeoutMs);
  const { value } = await messages.next();
  socket.setTimeout(0);
  if (value === undefined) throw new ControlError('silent', `the daemon at ${path} closed the connection`);
  if (value.type === 'error') throw new ControlError('not-understood', `the daemon refused: ${value.error}`);
  return value;
}

async function* eventsOf(messages: AsyncIterable<ControlMessage>): AsyncGenerator<ControlEvent, void> {
  for await (const message of messages) if (isEvent(message)) yield message;
}

/** How the daemon does. Throws {@link ControlError}. */
export async function askStatus(options: ControlClientOptions): Promise<StatusReport> {
  return await askOnce(options, (client) => client.status());
}

/** What a daemon says in one conversation. Throws {@link ControlError}. */
export async function askOnce<T>(
  options: ControlClientOptions,
  ask: (client: ControlClient) => Promise<T>,
): Promise<T> {
  const client = await ControlClient.connect(options);
  try {
    return await ask(client);
  } finally {
    client.close();
  }
}

async function connected(path: string): Promise<Socket> {
  const socket = createConnection(path);
  try {
    await once(socket, 'connect');
    return socket;
  } catch (cause) {
    if (!isSystemError(cause)) throw cause;
    const trouble = ['EACCES', 'EPERM'].includes(cause.code) ? 'forbidden' : 'no-daemon';
    throw new ControlError(trouble, `cannot reach a daemon at ${path}: ${cause.message}`, { cause });
  }
}

async function* messagesOf(socket: Socket, path: string): AsyncGenerator<ControlMessage, void> {
  socket.setEncoding('utf8');
  try {
    for await (const line of linesOf(socket)) yield parseMessage(line, path);
  } catch (cause) {
    if (cause instanceof EndlessLine) throw new ControlError('not-understood', `${path}: ${cause.message}`, { cause });
    // The latter is the error of a stream that we closed.
    if (isSystemError(cause) || hasCode(cause, 'ERR_STREAM_PREMATURE_CLOSE')) return;
    throw cause;
  }
}

function parseMessage(line: string, path: string): ControlMessage {
  const message = parseJson(line, withoutEscapes);
  // Its types are trusted; its texts are not, since they are shown at root's terminal.
  if (typeof message === 'object' && message !== null && 'type' in message) return message as ControlMessage;
  throw new ControlError('not-understood', `what listens at ${path} does not speak the control protocol`);
}

/** Texts of the host, which are shown by those who know how. */
const hostTexts: readonly string[] = [
  ...['key', 'value', 'adapter', 'adapterId', 'addresses', 'subnets', 'gateways', 'dnsServers'],
];

/** A daemon that was taken over must not reach the terminal of whoever asks it: no text or name of its own has an escape. */
function withoutEscapes(name: string, value: unknown): unknown {
  if (typeof value === 'string') return hostTexts.includes(name) ? value : printable(value);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [printable(key), each as unknown]));
}

const eventTypes: readonly string[] = ['transaction', 'registered', 'lost', 'dropped'] satisfies ControlEvent['type'][];

function isEvent(message: ControlMessage): message is ControlEvent {
  return eventTypes.includes(message.type);
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}

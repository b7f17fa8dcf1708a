import type { Socket } from 'node:net';
import { crash } from '../device/rethrow-later.ts';
import { parseJsonObject } from '../message/json.ts';
import {
  type AutoKeyReport,
  type ConfigurationReport,
  type ControlMessage,
  type Hello,
  lineLimit,
  queueLimit,
  type StatusReport,
} from './protocol.ts';

/** What a client is told that asks. */
export interface Answers {
  readonly status: () => StatusReport;
  readonly autoKeys: () => Promise<readonly AutoKeyReport[]>;
  readonly configuration: (values: boolean) => Promise<ConfigurationReport>;
}

/** An event as a line, without values or with them; made at most once each, however many read it. */
export type EncodeEvent = (values: boolean) => Buffer;

const newline = 0x0a;
/** Between two requests of a client, so that one that floods us takes a small part of our time. */
const restMs = 20;

/** One client. Whatever it sends or does not read, it takes a bounded part of our memory and time. */
export class Conversation {
  readonly #socket: Socket;
  readonly #answers: Answers;
  #subscription: { readonly values: boolean } | undefined;
  #input: Buffer = Buffer.alloc(0);
  #rest: NodeJS.Timeout | undefined;
  #dropped = 0;

  constructor(socket: Socket, hello: Hello, answers: Answers, onEnd: () => void) {
    this.#socket = socket;
    this.#answers = answers;
    socket.on('data', (chunk) => {
      this.#input = Buffer.concat([this.#input, chunk]);
      this.#listen();
    });
    socket.on('drain', () => {
      this.#tellDropped();
    });
    // A client that is gone is no trouble of ours; "close" follows.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(this.#rest);
      onEnd();
    });
    this.#say(hello);
  }

  /** Sends an event to a subscriber, or counts it while the client is too slow. */
  offer(encode: EncodeEvent): void {
    if (this.#subscription === undefined) return;
    const line = this.#dropped === 0 ? encode(this.#subscription.values) : undefined;
    if (line !== undefined && this.#hasRoomFor(line)) this.#socket.write(line);
    else this.#dropped += 1;
  }

  close(): void {
    this.#socket.destroy();
  }

  /** Answers the first whole line, then rests before the next one. */
  #listen(): void {
    const end = this.#input.indexOf(newline);
    if (end > lineLimit || (end < 0 && this.#input.length > lineLimit)) {
      this.#hangUp(`a line is longer than ${lineLimit} bytes`);
      return;
    }
    if (end < 0) {
      this.#socket.resume();
      return;
    }
    const line = this.#input.toString('utf8', 0, end);
    this.#input = this.#input.subarray(end + 1);
    this.#socket.pause();
    this.#answer(line);
    if (this.#socket.writable) {
      this.#rest = setTimeout(() => {
        this.#listen();
      }, restMs);
    }
  }

  #answer(line: string): void {
    const asked = parseJsonObject(line);
    const values = asked['values'] === true;
    switch (asked['request']) {
      case 'status':
        this.#say(this.#answers.status());
        break;
      case 'auto-keys':
        this.#sayLater(this.#answers.autoKeys().then((records) => ({ type: 'auto-keys', records })));
        break;
      case 'configuration':
        this.#sayLater(this.#answers.configuration(values));
        break;
      case 'subscribe':
        this.#subscription = { values };
        this.#say({ type: 'subscribed', values });
        break;
      default:
        this.#hangUp('not a request of the control protocol');
    }
  }

  #say(message: ControlMessage): void {
    const line = encodeLine(message);
    if (this.#hasRoomFor(line)) this.#socket.write(line);
    else this.close();
  }

  #sayLater(message: Promise<ControlMessage>): void {
    message
      .then((ready) => {
        this.#say(ready);
      })
      .catch(crash);
  }

  #hangUp(error: string): void {
    this.#socket.pause();
    this.#socket.end(encodeLine({ type: 'error', error }));
    this.#socket.destroySoon();
  }

  #hasRoomFor(line: Buffer): boolean {
    return this.#socket.writableLength + line.length <= queueLimit;
  }

  #tellDropped(): void {
    if (this.#dropped === 0) return;
    this.#socket.write(encodeLine({ type: 'dropped', count: this.#dropped }));
    this.#dropped = 0;
  }
}

export function encodeLine(message: ControlMessage): Buffer {
  return Buffer.from(`${JSON.stringify(message)}\n`);
}

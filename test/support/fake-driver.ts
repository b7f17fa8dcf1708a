import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { native, type NativeChannel } from '../../src/device/native.ts';
import { temporaryFolder } from './temporary-folder.ts';

const bufferSize = 8192;
const patienceUs = 10_000_000;

/** The driver's end of the channel, bare: a socket that a test accepts, reads and writes by hand. */
export class FakeDriver {
  readonly path = join(temporaryFolder(), 'device');
  #listener: NativeChannel;
  #wake: (() => void) | undefined;
  #connection: NativeChannel | undefined;

  constructor() {
    this.#listener = this.#listen();
    onTestFinished(() => {
      this.rescind();
    });
  }

  /** Waits for a daemon to connect. */
  async accept(): Promise<void> {
    await this.#readable(this.#listener);
    const fd = native.acceptSeqpacket(this.#listener.fd);
    this.#connection = new native.ChannelHandle(fd, () => this.#wake?.());
  }

  /** Waits for the next message; an empty one means that the daemon is gone. */
  async receive(): Promise<Buffer> {
    const connection = this.#connected();
    await this.#readable(connection);
    const message = Buffer.alloc(bufferSize);
    return message.subarray(0, connection.read(message));
  }

  /** Waits for the next message without the event loop; an empty one means that the daemon is gone. */
  receiveAtOnce(): Buffer {
    const message = Buffer.alloc(bufferSize);
    const count = this.#connected().read(message, patienceUs);
    if (count === undefined) throw new Error('the daemon says nothing');
    return message.subarray(0, count);
  }

  /** Whether a message of the daemon waits. */
  hasMessage(): boolean {
    return this.#connected().poll(0) !== 0;
  }

  send(message: Buffer): void {
    this.#connected().write(message);
  }

  /** Breaks the connection; the daemon can connect again. */
  disconnect(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** Withdraws the device: it is gone until it is offered again. */
  rescind(): void {
    this.disconnect();
    this.#listener.close();
    rmSync(this.path, { force: true });
  }

  offer(): void {
    this.#listener = this.#listen();
  }

  #listen(): NativeChannel {
    return new native.ChannelHandle(native.listenSeqpacket(this.path), () => this.#wake?.());
  }

  #connected(): NativeChannel {
    if (this.#connection === undefined) throw new Error('no daemon is connected');
    return this.#connection;
  }

  async #readable(device: NativeChannel): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#wake = resolve;
      device.arm();
    });
  }
}

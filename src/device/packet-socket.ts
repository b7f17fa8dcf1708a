import { native, type NativeChannel } from './native.ts';
import { rethrowLater } from './rethrow-later.ts';
import { isSystemError, systemError } from './system-error.ts';

/** One SOCK_SEQPACKET descriptor: a listening socket, or a connection. */
export class PacketSocket {
  readonly #path: string;
  readonly #device: NativeChannel;

  /** Takes the descriptor over. `onReady` is called at each event until closed. */
  constructor(fd: number, path: string, onReady: () => void) {
    this.#path = path;
    this.#device = new native.ChannelHandle(fd, () => {
      rethrowLater(() => {
        onReady();
        if (this.isOpen) this.#device.arm();
      });
    });
    this.#device.arm();
  }

  get isOpen(): boolean {
    return this.#device.fd >= 0;
  }

  get fd(): number {
    return this.#device.fd;
  }

  /** The bytes of the next packet as far as the buffer goes, 0 if the other side is gone, undefined if none waits. */
  read(buffer: Buffer): number | undefined {
    try {
      return this.#device.read(buffer);
    } catch (cause) {
      return this.#unless(cause, { ECONNRESET: 0, EMSGSIZE: buffer.length });
    }
  }

  /** A packet that cannot be sent is lost: that the other side is gone, or asleep with a full socket, is seen elsewhere. */
  write(packet: Buffer): void {
    try {
      this.#device.write(packet);
    } catch (cause) {
      this.#unless(cause, { EAGAIN: 0, EPIPE: 0, ECONNRESET: 0 });
    }
  }

  close(): void {
    this.#device.close();
  }

  #unless<T>(cause: unknown, expected: Readonly<Record<string, T>>): T | undefined {
    const error = systemError(cause, this.#path);
    if (isSystemError(error) && error.code in expected) return expected[error.code];
    throw error;
  }
}

import { native, type NativeChannel } from './native.ts';
import { rethrowLater } from './rethrow-later.ts';
import { type SystemError, withPath } from './system-error.ts';

/** The daemon's end of the channel to the driver. Errors are system errors with `code`, `errno`, `syscall` and `path`. */
export class KvpDevice {
  readonly path: string;
  readonly #native: NativeChannel;

  /**
   * Opens the device, or connects to a simulated one, or takes over a descriptor of it. `onReady` is called once each time it was
   * armed.
   */
  constructor(path: string, onReady: () => void, fd?: number) {
    this.path = path;
    const open = (): NativeChannel =>
      new native.ChannelHandle(fd ?? path, () => {
        rethrowLater(onReady);
      });
    this.#native = withPath(path, open);
  }

  arm(): void {
    withPath(this.path, () => {
      this.#native.arm();
    });
  }

  /** Reads one message; returns its bytes, 0 if the driver is gone, undefined if none came within the time. */
  read(message: Buffer, waitUs: number): number | undefined {
    return withPath(this.path, () => this.#native.read(message, waitUs));
  }

  write(message: Buffer): void {
    this.#write(message, false);
  }

  /** Writes a message unless one waits to be read; returns whether it did. */
  writeUnlessReadable(message: Buffer): boolean {
    return this.#write(message, true);
  }

  /** Any number of times. The callback is not called any more. */
  close(): void {
    this.#native.close();
  }

  #write(message: Buffer, unlessReadable: boolean): boolean {
    const count = withPath(this.path, () => this.#native.write(message, unlessReadable));
    if (count !== undefined && count !== message.length) throw new PartialWrite(count, message.length, this.path);
    return count !== undefined;
  }
}

/** No driver takes a part of a message; if one does, what it has is not our reply. */
class PartialWrite extends Error {
  readonly code = 'EIO';
  readonly syscall = 'write';
  readonly path: string;

  constructor(count: number, size: number, path: string) {
    super(`EIO: ${count} of ${size} bytes were written, write '${path}'`);
    this.path = path;
  }
}

/** Whether another process has the device open: the driver says so, and a simulated one hangs up on whoever comes second. */
export function isHeld({ code }: SystemError): boolean {
  return code === 'EBUSY' || hangUps.includes(code);
}

/** A driver never fails so. */
const hangUps: readonly string[] = ['EPIPE', 'ECONNRESET'];

/** Whether a failed write is of the driver: not of a simulated one that closed the connection, nor of a part of a message. */
export function isOfDriver(error: SystemError): boolean {
  return !(error instanceof PartialWrite) && !hangUps.includes(error.code);
}

import { native, type NativeChannel } from './native.ts';
import { rethrowLater } from './rethrow-later.ts';
import { type SystemError, systemError } from './system-error.ts';

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
    try {
      this.#native = new native.ChannelHandle(fd ?? path, () => {
        rethrowLater(onReady);
      });
    } catch (error) {
      throw systemError(error, path);
    }
  }

  arm(): void {
    try {
      this.#native.arm();
    } catch (error) {
      throw systemError(error, this.path);
    }
  }

  /** Reads one message; returns its bytes, 0 if the driver is gone, undefined if none came within the time. */
  read(message: Buffer, waitUs: number): number | undefined {
    try {
      return this.#native.read(message, waitUs);
    } catch (error) {
      throw systemError(error, this.path);
    }
  }

  write(message: Buffer): void {
    try {
      expectWhole(this.#native.write(message), message, this.path);
    } catch (error) {
      throw systemError(error, this.path);
    }
  }

  /** Writes a message unless one waits to be read; returns whether it did. */
  writeUnlessReadable(message: Buffer): boolean {
    try {
      const count = this.#native.write(message, true);
      expectWhole(count, message, this.path);
      return count !== undefined;
    } catch (error) {
      throw systemError(error, this.path);
    }
  }

  /** Any number of times. The callback is not called any more. */
  close(): void {
    this.#native.close();
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

function expectWhole(count: number | undefined, message: Buffer, path: string): void {
  if (count !== undefined && count !== message.length) throw new PartialWrite(count, message.length, path);
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

import { native, type NativeDevice } from './native.ts';
import { rethrowLater } from './rethrow-later.ts';
import { systemError } from './system-error.ts';

/** poll(2)'s POLLIN, the same on both systems. */
const pollIn = 1;

/** The daemon's end of the channel to the driver. Errors are system errors with `code`, `errno`, `syscall` and `path`. */
export class KvpDevice {
  readonly path: string;
  readonly #native: NativeDevice;

  /** Opens the device, or connects to a simulated one. `onReady` is called once each time it was armed. */
  constructor(path: string, onReady: (readable: boolean) => void) {
    this.path = path;
    this.#native = this.#call(
      () =>
        new native.KvpDevice(path, (revents) => {
          rethrowLater(() => {
            onReady(isReadable(revents));
          });
        }),
    );
  }

  arm(): void {
    this.#call(() => {
      this.#native.arm();
    });
  }

  /** Whether a message can be read at this moment. */
  isReadable(): boolean {
    return isReadable(this.#native.poll(0));
  }

  /** Reads one message; returns its bytes, 0 if the driver is gone. Throws EAGAIN if none waits. */
  read(message: Buffer): number {
    return this.#call(() => this.#native.read(message));
  }

  write(message: Buffer): number {
    return this.#call(() => this.#native.write(message));
  }

  /** Any number of times. The callback is not called any more. */
  close(): void {
    this.#native.close();
  }

  #call<T>(action: () => T): T {
    try {
      return action();
    } catch (error) {
      throw systemError(error, this.path);
    }
  }
}

function isReadable(revents: number): boolean {
  return (revents & pollIn) !== 0;
}

import type { Log } from '../log/log.ts';
import type { Awaitable } from '../message/awaitable.ts';
import { decodeRequest } from '../message/decode-request.ts';
import type { Dialect } from '../message/dialect.ts';
import { encodeReply } from '../message/encode-reply.ts';
import type { Exchange } from '../message/exchange.ts';
import { encodeRegistration, readRegisteredVersion } from '../message/registration.ts';
import type { Reply } from '../message/reply.ts';
import type { Request } from '../message/request.ts';
import { BackOff } from './back-off.ts';
import { KvpDevice } from './kvp-device.ts';
import { isSystemError, type SystemError } from './system-error.ts';

export interface SessionOptions {
  readonly path: string;
  readonly dialect: Dialect;
  readonly log: Log;
  /** The driver knows us now. `version` is that of the integration components, "" where the driver does not tell. */
  readonly onRegistered: (version: string) => void;
  /** Answers a request; must not throw. */
  readonly serve: (request: Request) => Awaitable<Reply>;
  /** Called once for each request, when all is done; must not throw. */
  readonly onExchanged?: (exchange: Exchange) => void;
  /** The device is gone, or not there. Called for each new trouble. */
  readonly onLost?: (trouble: string) => void;
}

/**
 * The life of the channel: open, register, then poll → read once → write once → poll, in the strict order that
 * FreeBSD's driver needs. Whatever happens to the device, it is closed at once and opened again when it is back.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #message: Buffer;
  readonly #backOff = new BackOff(() => {
    this.#reopen();
  });
  #device: KvpDevice | undefined;
  /** The first message answers our registration, and is owed no reply. */
  #awaitsAnswer = false;
  #lastTrouble = '';

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#message = Buffer.alloc(options.dialect.messageSize);
  }

  /** Registers, or waits for the device. Throws if another daemon holds it. */
  start(): void {
    this.#reopen((error) => {
      if (error.code === 'EBUSY') throw error;
    });
  }

  close(): void {
    this.#backOff.cancel();
    this.#device?.close();
    this.#device = undefined;
  }

  #reopen(refuse?: (error: SystemError) => void): void {
    const { path } = this.#options;
    try {
      const device = new KvpDevice(path, (readable) => {
        this.#ready(device, readable);
      });
      this.#device = device;
      this.#register(device);
      device.arm();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      refuse?.(error);
      this.#lose(`waiting for the device: ${error.message}`);
    }
  }

  #register(device: KvpDevice): void {
    const { dialect } = this.#options;
    encodeRegistration(this.#message, dialect);
    device.write(this.#message);
    if (dialect.answersRegistration) this.#awaitsAnswer = true;
    else this.#registered('');
  }

  #registered(version: string): void {
    const { path, log, onRegistered } = this.#options;
    log.notice(`registered at ${path}${version && `, integration services ${version}`}`);
    this.#awaitsAnswer = false;
    this.#lastTrouble = '';
    onRegistered(version);
  }

  #ready(device: KvpDevice, readable: boolean): void {
    if (!readable) {
      this.#lose('the driver withdrew the device; waiting for it');
      return;
    }
    if (!this.#read(device)) return;
    this.#backOff.reset();
    if (this.#awaitsAnswer) {
      this.#registered(readRegisteredVersion(this.#message));
      device.arm();
      return;
    }
    const begun = performance.now();
    const request = decodeRequest(this.#message, this.#options.dialect);
    const reply = this.#options.serve(request);
    if (reply instanceof Promise) {
      void reply.then((later) => {
        this.#answer(device, request, later, begun);
      });
    } else {
      this.#answer(device, request, reply, begun);
    }
  }

  /** Whether a message was read; if not, there was none after all, or the device is lost. */
  #read(device: KvpDevice): boolean {
    const { messageSize } = this.#options.dialect;
    try {
      const count = device.read(this.#message);
      if (count === messageSize) return true;
      this.#lose(count === 0 ? 'the driver is gone; waiting for it' : `the driver sent ${count} bytes; starting anew`);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code === 'EAGAIN') device.arm();
      else this.#lose(`the device failed, waiting for it: ${error.message}`);
    }
    return false;
  }

  #answer(device: KvpDevice, request: Request, reply: Reply, begun: number): void {
    if (device !== this.#device) return;
    const { dialect, log, onExchanged } = this.#options;
    const exchanged = (isLate: boolean): void => {
      onExchanged?.({ request, reply, milliseconds: performance.now() - begun, isLate });
    };
    try {
      if (dialect.expiresRequests && device.isReadable()) {
        // The host would take this reply for the answer to its next request.
        log.warning('a reply came too late and was dropped: the driver has answered the host itself');
        exchanged(true);
      } else {
        encodeReply(this.#message, reply, dialect);
        device.write(this.#message);
        exchanged(false);
      }
      device.arm();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (dialect.expiresRequests && error.code === 'EINVAL') {
        log.warning('the driver did not take a reply: it does not wait for one any more');
        exchanged(true);
        device.arm();
      } else {
        this.#lose(`the device failed, waiting for it: ${error.message}`);
      }
    }
  }

  /** A descriptor that stays open after a rescind would keep the device alive in the kernel: close first. */
  #lose(trouble: string): void {
    this.#device?.close();
    this.#device = undefined;
    if (trouble !== this.#lastTrouble) {
      this.#options.log.warning(trouble);
      this.#options.onLost?.(trouble);
    }
    this.#lastTrouble = trouble;
    this.#backOff.schedule();
  }
}

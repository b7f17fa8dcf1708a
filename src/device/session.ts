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

const burst = {
  /** How long the next request is waited for after a reply; each lone request blocks the event loop as long. */
  waitUs: 200,
  /** After so many requests, or so long, the event loop has its turn. */
  mostRequests: 64,
  longestMs: 2,
} as const;

/** A device that was registered for so long was sound, though the host has asked for nothing. */
const soundAfterMs = 10_000;

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
  /** The device is gone, or not there. Called for each new trouble, and whenever it was registered before. */
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
  /** Whether the next registration is told: the first one, and the end of a trouble that was. */
  #isRegistrationTold = true;
  #registeredAt = Infinity;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#message = Buffer.alloc(options.dialect.messageSize);
  }

  /** Registers, or waits for the device. If another daemon holds it, waits for that one's end, or throws. */
  start(held: 'wait' | 'refuse' = 'refuse'): void {
    this.#reopen((error) => {
      if (error.code === 'EBUSY' && held === 'refuse') throw error;
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
      const device = new KvpDevice(path, () => {
        this.#serveBurst(device);
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
    if (this.#isRegistrationTold) {
      log.notice(`registered at ${path}${version && `, integration services ${version}`}`);
    }
    this.#isRegistrationTold = false;
    this.#awaitsAnswer = false;
    this.#registeredAt = performance.now();
    onRegistered(version);
  }

  /** Hosts ask in bursts: after a reply the next request is looked for at once, and the poll thread sleeps through it. */
  #serveBurst(device: KvpDevice): void {
    let doneAt: number | undefined = performance.now();
    const end = doneAt + burst.longestMs;
    for (let requests = 0; requests < burst.mostRequests && doneAt < end; requests += 1) {
      doneAt = this.#serveNext(device);
      if (doneAt === undefined) return;
    }
    // A host that never pauses must not starve signals, timers and other clients.
    setImmediate(() => {
      if (device === this.#device) this.#serveBurst(device);
    });
  }

  /** When a message was dealt with, so that another may come; undefined if none was. */
  #serveNext(device: KvpDevice): number | undefined {
    if (!this.#read(device)) return undefined;
    const begun = performance.now();
    if (this.#awaitsAnswer) {
      this.#registered(readRegisteredVersion(this.#message));
      return begun;
    }
    const request = decodeRequest(this.#message, this.#options.dialect);
    const reply = this.#options.serve(request);
    if (!(reply instanceof Promise)) return this.#answer(device, request, reply, begun);
    void reply.then((later) => {
      if (this.#answer(device, request, later, begun) !== undefined) this.#serveBurst(device);
    });
    return undefined;
  }

  /** Whether a message was read; if not, the poll thread waits for one, or the device is lost. */
  #read(device: KvpDevice): boolean {
    try {
      const count = device.read(this.#message, burst.waitUs);
      if (count === this.#message.length) return true;
      if (count === undefined) device.arm();
      else if (count === 0) this.#lose('the driver is gone; waiting for it');
      else this.#lose(`the driver sent ${count} bytes; starting anew`);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#lose(`the device failed, waiting for it: ${error.message}`);
    }
    return false;
  }

  /** When the request was off our hands; undefined if the device is another one by now, or lost. */
  #answer(device: KvpDevice, request: Request, reply: Reply, begun: number): number | undefined {
    if (device !== this.#device) return undefined;
    const isTaken = this.#write(device, reply);
    if (isTaken === undefined) return undefined;
    this.#recovered();
    const doneAt = performance.now();
    this.#options.onExchanged?.({ request, reply, milliseconds: doneAt - begun, isLate: !isTaken });
    return doneAt;
  }

  /** Whether the driver has taken the reply; undefined if the device is lost. */
  #write(device: KvpDevice, reply: Reply): boolean | undefined {
    const { dialect, log } = this.#options;
    try {
      encodeReply(this.#message, reply, dialect);
      if (!dialect.expiresRequests) {
        device.write(this.#message);
      } else if (!device.writeUnlessReadable(this.#message)) {
        // The host would take this reply for the answer to its next request.
        log.warning('a reply came too late and was dropped: the driver has answered the host itself');
        return false;
      }
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (dialect.expiresRequests && error.code === 'EINVAL') {
        log.warning('the driver did not take a reply: it does not wait for one any more');
        return false;
      }
      this.#lose(`the device failed, waiting for it: ${error.message}`);
      return undefined;
    }
  }

  /** A registration alone shows nothing: a device that fails at every request would be told of each time. */
  #recovered(): void {
    this.#lastTrouble = '';
    this.#backOff.reset();
  }

  /** A descriptor that stays open after a rescind would keep the device alive in the kernel: close first. */
  #lose(trouble: string): void {
    this.#device?.close();
    this.#device = undefined;
    const registeredMs = performance.now() - this.#registeredAt;
    if (registeredMs > soundAfterMs) this.#recovered();
    this.#registeredAt = Infinity;
    const isNew = trouble !== this.#lastTrouble;
    if (isNew) {
      this.#options.log.warning(trouble);
      this.#isRegistrationTold = true;
    }
    if (isNew || registeredMs >= 0) this.#options.onLost?.(trouble);
    this.#lastTrouble = trouble;
    this.#backOff.schedule();
  }
}

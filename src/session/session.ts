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
import { Carrier } from './carrier.ts';
import { isHeld, isOfDriver, KvpDevice } from '../device/kvp-device.ts';
import { crash } from '../device/rethrow-later.ts';
import { isDenied, isSystemError, type SystemError } from '../device/system-error.ts';

const burst = {
  /** How long the next request is waited for after a reply; each lone request blocks the event loop as long. */
  waitUs: 200,
  /** After so many requests, or so long, the event loop has its turn. */
  mostRequests: 64,
  longestMs: 2,
} as const;

/** A driver answers a registration at once. One before Linux 6.17 forgets it if the answer cannot be made. */
const longestAnswerMs = 10_000;

/** A device that was registered for so long was sound, though the host has asked for nothing. */
const soundAfterMs = 10_000;

export interface SessionOptions {
  readonly path: string;
  readonly dialect: Dialect;
  readonly log: Log;
  /** The device, if it is open already. */
  readonly opened?: number | undefined;
  /** Whether a registration does no harm yet; asked before the device is opened. It always does none if this is left out. */
  readonly isReady?: () => boolean;
  /** Opens the device where we may not: its descriptor, undefined if that cannot be done. May throw a system error. */
  readonly openAsRoot?: () => number | undefined;
  /**
   * Called in place of waiting if at the first attempt the device is there, and is another process's or not for us to open: nothing
   * but that one's end, or an administrator, will change it.
   */
  readonly onRefused?: ((trouble: string) => void) | undefined;
  /** Called whenever the device is there and we may not open it. */
  readonly onDenied?: (trouble: string) => void;
  /** The driver has registered us. `version` is that of the integration components, "" where the driver does not report it. */
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
  readonly #carrier: Carrier;
  readonly #backOff = new BackOff(() => {
    this.#reopen();
  });
  #opened: number | undefined;
  #device: KvpDevice | undefined;
  /** Until the driver has sent a message, or the device was waited for. */
  #isFirstAttempt = true;
  /** The first message answers our registration, and is owed no reply. */
  #awaitsAnswer = false;
  #unanswered: NodeJS.Timeout | undefined;
  #lastTrouble = '';
  #lastComplaint = '';
  /** Whether the next registration is reported: the first one, and one that ends a trouble. */
  #isRegistrationTold = true;
  #registeredAt = Infinity;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#opened = options.opened;
    this.#carrier = new Carrier(options.dialect, options.log);
    this.#message = Buffer.alloc(options.dialect.messageSize);
  }

  /** Registers, or waits for the device. */
  start(): void {
    this.#reopen();
  }

  close(): void {
    this.#backOff.cancel();
    this.#closeDevice();
  }

  #reopen(): void {
    if (this.#options.isReady?.() === false) {
      this.#lose("waiting for the device: the driver's channel to the host is not open yet");
      return;
    }
    try {
      const device = this.#open(() => {
        this.#serveBurst(device);
      });
      this.#device = device;
      this.#register(device);
      device.arm();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (this.#isRefused(error)) return;
      this.#lose(`waiting for the device: ${error.message}`);
      if (isDenied(error)) this.#options.onDenied?.(error.message);
    }
  }

  #isRefused(error: SystemError): boolean {
    const { onRefused } = this.#options;
    if (!this.#isFirstAttempt || onRefused === undefined) return false;
    if (!isHeld(error) && !isDenied(error)) return false;
    this.close();
    onRefused(isHeld(error) ? `another process has the device open: ${error.message}` : error.message);
    return true;
  }

  #open(onReady: () => void): KvpDevice {
    const { path, openAsRoot } = this.#options;
    const opened = this.#opened;
    this.#opened = undefined;
    try {
      return new KvpDevice(path, onReady, opened);
    } catch (error) {
      const fd = isDenied(error) ? openAsRoot?.() : undefined;
      if (fd === undefined) throw error;
      return new KvpDevice(path, onReady, fd);
    }
  }

  #register(device: KvpDevice): void {
    const { dialect } = this.#options;
    encodeRegistration(this.#message, dialect);
    device.write(this.#message);
    this.#awaitsAnswer = dialect.answersRegistration;
    if (!this.#awaitsAnswer) {
      this.#registered('');
      return;
    }
    this.#unanswered = setTimeout(() => {
      this.#lose(`the driver has not answered a registration for ${longestAnswerMs / 1000} s; trying again`);
    }, longestAnswerMs);
  }

  #registered(version: string): void {
    const { path, log, onRegistered } = this.#options;
    if (this.#isRegistrationTold) {
      log.notice(`registered at ${path}${version && `, integration services ${version}`}`);
    }
    this.#isRegistrationTold = false;
    this.#awaitsAnswer = false;
    clearTimeout(this.#unanswered);
    // Node would still wake up for it, once: a sooner one takes its place.
    setTimeout(() => undefined, 1).unref();
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
    reply
      .then((later) => {
        if (this.#answer(device, request, later, begun) !== undefined) this.#serveBurst(device);
      })
      .catch(crash);
    return undefined;
  }

  /** Whether a message was read; if not, the poll thread waits for one, or the device is lost. */
  #read(device: KvpDevice): boolean {
    try {
      const count = device.read(this.#message, burst.waitUs);
      if (count === this.#message.length) {
        this.#isFirstAttempt = false;
        return true;
      }
      if (count === undefined) device.arm();
      else if (count === 0) this.#lose('device closed by the driver; waiting for it to return');
      else this.#lose(`the driver sent ${count} bytes; registering again`);
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (!this.#isRefused(error)) this.#lose(`device failed; waiting for it to return: ${error.message}`);
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
      encodeReply(this.#message, this.#carrier.carry(reply), dialect);
      if (!dialect.expiresRequests) {
        device.write(this.#message);
      } else if (!device.writeUnlessReadable(this.#message)) {
        // The host would take this reply for the answer to its next request.
        log.warning('dropped a late reply: the driver has already answered the host');
        return false;
      }
      return true;
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (dialect.deliversDespiteErrors && isOfDriver(error)) {
        this.#complain(`the driver has taken a reply and could not convert it: ${error.message}`);
        return true;
      }
      if (dialect.expiresRequests && error.code === 'EINVAL') {
        log.warning('the driver rejected a reply: it no longer waits for one');
        return false;
      }
      this.#lose(`device failed; waiting for it to return: ${error.message}`);
      return undefined;
    }
  }

  /** Once, until something else goes wrong: a host asks again and again. */
  #complain(trouble: string): void {
    if (trouble !== this.#lastComplaint) this.#options.log.warning(trouble);
    this.#lastComplaint = trouble;
  }

  /** A registration alone shows nothing: a device that fails at every request would be reported each time. */
  #recovered(): void {
    this.#lastTrouble = '';
    this.#backOff.reset();
  }

  /** A descriptor that stays open after a rescind would keep the device alive in the kernel: close first. */
  #lose(trouble: string): void {
    this.#isFirstAttempt = false;
    this.#closeDevice();
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

  #closeDevice(): void {
    clearTimeout(this.#unanswered);
    this.#device?.close();
    this.#device = undefined;
  }
}

import { Status } from '../message/status.ts';
import type { Clock } from './clock.ts';
import type { DriverRules } from './driver-rules.ts';
import { bodyOffset, decodePacket, PacketFlag, packetLayout, PacketType } from './host-packet.ts';
import { chooseVersions, decodeVersions, encodeVersions, negotiationReplySize } from './negotiation.ts';
import { textFault } from './strict-text.ts';
import { convertToDaemon, type InterfaceNames } from './to-daemon.ts';
import { convertToHost } from './to-host.ts';

export interface TransactionsOptions {
  readonly rules: DriverRules;
  readonly interfaceNames: InterfaceNames;
  readonly replyTimeoutMs: number;
  readonly clock: Clock;
  /** Sends a message to the daemon; the buffer is used again. */
  readonly deliver: (message: Buffer) => void;
  /** Something in a reply for which a strict host drops the channel. */
  readonly onFault: (fault: string) => void;
}

interface Transaction {
  /** The request's bytes, which become the reply's. */
  readonly packet: Buffer;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (reply: Buffer) => void;
  readonly reject: (reason: unknown) => void;
}

/** What the daemon owes: a reply in time, a reply that comes too late for the host, or none. */
type Debt = 'none' | 'reply' | 'late reply';

/** What became of a message from the daemon. */
export type Outcome = 'answered' | 'late' | 'unowed' | 'panic';

/** The driver's state between host and daemon: one transaction at a time, a daemon or none, a time limit. */
export class Transactions {
  readonly #options: TransactionsOptions;
  readonly #message: Buffer;
  readonly #waiting: Transaction[] = [];
  #current: Transaction | undefined;
  #cancelTimeout: () => void = () => undefined;
  #registered = false;
  #debt: Debt = 'none';
  #hostHasSpoken = false;

  constructor(options: TransactionsOptions) {
    this.#options = options;
    this.#message = Buffer.alloc(options.rules.dialect.messageSize);
  }

  get registered(): boolean {
    return this.#registered;
  }

  /** Takes a packet from the host; it waits for a daemon, and for those before it, unless the signal ends its wait. */
  exchange(packet: Buffer, signal?: AbortSignal): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ packet: Buffer.from(packet), signal, resolve, reject });
      this.#next();
    });
  }

  /** A daemon has registered. */
  register(): void {
    this.#registered = true;
    this.#next();
  }

  /** The daemon's end of the channel is closed. */
  endDaemon(): void {
    this.#registered = false;
    this.#debt = 'none';
    if (this.#options.rules.noticesDeath) this.#finish(Status.fail);
  }

  /** A message from the registered daemon. */
  reply(message: Buffer): Outcome {
    const debt = this.#debt;
    this.#debt = 'none';
    if (debt === 'late reply') return 'late';
    if (debt === 'none' || !this.#current) {
      return this.#options.rules.panics && !this.#hostHasSpoken ? 'panic' : 'unowed';
    }
    const body = this.#current.packet.subarray(bodyOffset);
    const status = convertToHost(message, body, this.#options.rules);
    const fault = textFault(body, status);
    if (fault !== undefined) this.#options.onFault(fault);
    this.#finish(status);
    return 'answered';
  }

  /** The service is gone: whatever the host waits for does not come. */
  withdraw(reason: Error): void {
    this.#cancelTimeout();
    for (const { reject } of [...(this.#current ? [this.#current] : []), ...this.#waiting]) reject(reason);
    this.#current = undefined;
    this.#waiting.length = 0;
    this.#registered = false;
    this.#debt = 'none';
    this.#hostHasSpoken = false;
  }

  #next(): void {
    if (!this.#registered || this.#current) return;
    this.#current = this.#waiting.shift();
    if (!this.#current) return;
    if (this.#current.signal?.aborted) {
      this.#current.reject(this.#current.signal.reason);
      this.#current = undefined;
      this.#next();
      return;
    }
    this.#hostHasSpoken = true;
    switch (this.#current.packet.readUInt16LE(packetLayout.type.offset)) {
      case PacketType.negotiate:
        this.#answerNegotiation(this.#current);
        break;
      case PacketType.exchange:
        this.#startExchange(this.#current);
        break;
      default:
        this.#current.reject(new Error('the driver does not answer a packet of this type'));
        this.#current = undefined;
        this.#next();
    }
  }

  #answerNegotiation({ packet }: Transaction): void {
    const versions = encodeVersions(chooseVersions(decodeVersions(decodePacket(packet).body)));
    versions.copy(packet, bodyOffset);
    // As vmbus_prep_negotiate_resp() says it, whether or not a version was found; the packet keeps the length of the request.
    packet.writeUInt16LE(negotiationReplySize, packetLayout.bodySize.offset);
    this.#finish(Status.ok);
  }

  #startExchange({ packet }: Transaction): void {
    const { rules, interfaceNames, replyTimeoutMs, clock, deliver } = this.#options;
    this.#cancelTimeout = clock.after(replyTimeoutMs, () => {
      this.#expire();
    });
    if (this.#debt === 'late reply' && !rules.deliversWhileReplyIsLate) return;
    convertToDaemon(packet.subarray(bodyOffset), this.#message, rules, interfaceNames);
    this.#debt = 'reply';
    deliver(this.#message);
  }

  #expire(): void {
    if (this.#debt === 'reply') this.#debt = 'late reply';
    this.#finish(Status.fail);
  }

  #finish(status: number): void {
    const transaction = this.#current;
    if (!transaction) return;
    this.#cancelTimeout();
    this.#current = undefined;
    const { packet } = transaction;
    packet.writeUInt32LE(status, packetLayout.status.offset);
    packet.writeUInt8(PacketFlag.transaction | PacketFlag.response, packetLayout.flags.offset);
    transaction.resolve(packet);
    this.#next();
  }
}

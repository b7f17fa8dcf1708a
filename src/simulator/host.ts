import type { IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import { type Clock, systemClock } from './clock.ts';
import type { HostChannel } from './host-channel.ts';
import { decodePacket, encodePacket, type HostPacket, PacketFlag, PacketType, type Version } from './host-packet.ts';
import { decodeHostIpValue, decodeHostRecord, decodeHostValue, type HostRecord } from './host-reply.ts';
import { encodeHostRequest, type HostRequest, type HostValue } from './host-request.ts';
import { decodeVersions, encodeVersions, offeredVersions, type Versions } from './negotiation.ts';
import { type Personality, personalities } from './personality.ts';
import { textFault } from './strict-text.ts';
import { unlessAborted } from './unless-aborted.ts';

/** A status from the guest: 0, or an HRESULT. */
export interface HostStatus {
  readonly status: number;
}

/** What the guest answered; the value is undefined unless the status is 0. */
export interface HostReply<T> extends HostStatus {
  readonly value: T | undefined;
}

/** A whole pool, and the status that ended it: S_CONT if all is well. */
export interface HostRecords extends HostStatus {
  readonly records: readonly HostRecord[];
}

/** A reply as it came. */
export interface RawHostReply extends HostStatus {
  readonly body: Buffer;
}

/** A reply for which a strict host gives up the channel. */
export class HostFault extends Error {
  override readonly name = 'HostFault';
}

/** An answer did not come in the time that a host waits; it is still awaited, and nothing else is asked before it has come. */
export class HostTimeout extends Error {
  override readonly name = 'HostTimeout';
}

/** What a host of this kind does not ask. */
export class NotAsked extends Error {
  override readonly name = 'NotAsked';
}

/** What every question takes. */
export interface AskOptions {
  /**
   * Gives up the wait: the question rejects with the signal's reason. One that the guest has not got yet is not asked any more; else its
   * answer is still awaited, and nothing else is asked before it has come.
   */
  readonly signal?: AbortSignal;
}

const transactionModulus = 256;

/**
 * The Windows side: asks a guest's driver, simulated or real, one question at a time.
 * A status is a result; a channel that fails, or a reply to something else, rejects.
 */
export class Host {
  readonly #channel: HostChannel;
  readonly #personality: Personality;
  #version: { framework: Version; message: Version } = {
    framework: { major: 3, minor: 0 },
    message: { major: 4, minor: 0 },
  };
  #transaction = 0;
  #fault: HostFault | undefined;
  readonly #clock: Clock;
  /** Resolves once the latest request that may be given up has been answered, in time or late; undefined if there is none. */
  #latest: Promise<unknown> | undefined;

  constructor(channel: HostChannel, personality: Personality = personalities.strict, clock = systemClock) {
    this.#channel = channel;
    this.#personality = personality;
    this.#clock = clock;
  }

  /**
   * Agrees on the versions; rejects if the guest knows none of those offered. As after a restore it may be called with a request
   * out, and it ends what a fault has begun.
   */
  async negotiate(
    offered: Versions = offeredVersions,
    options: AskOptions = {},
  ): Promise<{ framework: Version; message: Version }> {
    options.signal?.throwIfAborted();
    this.#fault = undefined;
    const { body } = await this.#exchange(PacketType.negotiate, encodeVersions(offered), options);
    const {
      frameworks: [framework],
      messages: [message],
    } = decodeVersions(body);
    if (!framework || !message) throw new Error('the guest knows none of the versions offered');
    this.#version = { framework, message };
    return this.#version;
  }

  /** As a machine that was saved in the middle of a request, and is restored: negotiates with it out, and drops its answer. */
  async restore(options: AskOptions = {}): Promise<{ framework: Version; message: Version }> {
    this.enumerateAt(0, 0).catch(() => undefined);
    return await this.negotiate(offeredVersions, options);
  }

  /** Every record of a pool, asked by index until the guest answers another status than 0. */
  async enumerate(pool: number, options: AskOptions = {}): Promise<HostRecords> {
    const records: HostRecord[] = [];
    for (;;) {
      const { status, value } = await this.enumerateAt(pool, records.length, options);
      if (value === undefined) return { status, records };
      records.push(value);
    }
  }

  enumerateAt(pool: number, index: number, options: AskOptions = {}): Promise<HostReply<HostRecord>> {
    return this.#ask({ operation: 'enumerate', pool, index }, decodeHostRecord, options);
  }

  get(pool: number, key: string, options: AskOptions = {}): Promise<HostReply<string>> {
    if (this.#personality.gets === 'by enumeration') return this.#find(pool, key, options);
    return this.#ask({ operation: 'get', pool, key }, decodeHostValue, options);
  }

  set(pool: number, key: string, value: HostValue, options: AskOptions = {}): Promise<HostStatus> {
    return this.#tell({ operation: 'set', pool, key, value }, options);
  }

  delete(pool: number, key: string, options: AskOptions = {}): Promise<HostStatus> {
    return this.#tell({ operation: 'delete', pool, key }, options);
  }

  /** What the adapter with this MAC address has. */
  getIpInfo(adapterId: string, options: AskOptions = {}): Promise<HostReply<IpValue>> {
    return this.#ask({ operation: 'get-ip-info', adapterId }, decodeHostIpValue, options);
  }

  /** Configures the adapter with this GUID. */
  setIpInfo(value: IpValue, options: AskOptions = {}): Promise<HostStatus> {
    return this.#tell({ operation: 'set-ip-info', value }, options);
  }

  /** Asks anything, sane or not. @internal */
  async send(request: HostRequest, options: AskOptions = {}): Promise<RawHostReply> {
    const { operation } = request;
    if (!this.#personality.setsAddresses && (operation === 'get-ip-info' || operation === 'set-ip-info')) {
      throw new NotAsked('this host sends IP requests by messages of version 5.0 only');
    }
    const { status, body } = await this.#exchange(PacketType.exchange, encodeHostRequest(request), options);
    return { status, body };
  }

  async #find(pool: number, key: string, options: AskOptions): Promise<HostReply<string>> {
    for (let index = 0; ; index += 1) {
      const { status, value } = await this.enumerateAt(pool, index, options);
      if (value === undefined) return { status, value };
      if (value.key === key) return { status, value: value.value };
    }
  }

  async #tell(request: HostRequest, options: AskOptions): Promise<HostStatus> {
    const { status } = await this.send(request, options);
    return { status };
  }

  async #ask<T>(request: HostRequest, decode: (body: Buffer) => T, options: AskOptions): Promise<HostReply<T>> {
    const { status, body } = await this.send(request, options);
    return { status, value: status === Status.ok ? decode(body) : undefined };
  }

  async #exchange(type: number, body: Buffer, { signal }: AskOptions): Promise<HostPacket> {
    signal?.throwIfAborted();
    if (this.#fault !== undefined) throw this.#fault;
    if (this.#personality.transactions === 'counting') this.#transaction = (this.#transaction + 1) % transactionModulus;
    const flags = PacketFlag.transaction | PacketFlag.request;
    const request = { ...this.#version, type, transaction: this.#transaction, flags, status: 0, body };
    const reply = decodePacket(await this.#answerTo(encodePacket(request), type, signal));
    if (reply.transaction !== request.transaction || (reply.flags & PacketFlag.response) === 0) {
      throw new Error(
        `transaction ${request.transaction} was answered by a packet of transaction ${reply.transaction}`,
      );
    }
    if (this.#personality.isStrict && type === PacketType.exchange) this.#judge(reply);
    return reply;
  }

  /** Rejects with {@link HostTimeout}, or the signal's reason. A negotiation waits for nothing but its own answer. */
  async #answerTo(packet: Buffer, type: number, signal: AbortSignal | undefined): Promise<Buffer> {
    const before = type === PacketType.negotiate ? undefined : this.#latest;
    const timeoutMs = type === PacketType.negotiate ? undefined : this.#personality.timeoutMs;
    if (signal === undefined && timeoutMs === undefined) {
      if (before !== undefined) await before;
      return await this.#channel.exchange(packet);
    }
    const timeout = new AbortController();
    const stop =
      timeoutMs === undefined
        ? undefined
        : this.#clock.after(timeoutMs, () => {
            timeout.abort(
              new HostTimeout(`the guest has not answered within ${timeoutMs} ms; its answer is still awaited`),
            );
          });
    const end = AbortSignal.any([timeout.signal, ...(signal === undefined ? [] : [signal])]);
    const ask = async (): Promise<Buffer> => {
      await before;
      end.throwIfAborted();
      return await this.#channel.exchange(packet, end);
    };
    const answer = ask();
    const latest = answer
      .catch(() => undefined)
      .then(() => {
        if (this.#latest === latest) this.#latest = undefined;
      });
    this.#latest = latest;
    return await unlessAborted(answer, end).finally(stop);
  }

  #judge({ body, status }: HostPacket): void {
    const fault = textFault(body, status);
    if (fault === undefined) return;
    this.#fault = new HostFault(`the host gives up the channel: ${fault}`);
    throw this.#fault;
  }
}

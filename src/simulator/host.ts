import type { IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import type { HostChannel } from './host-channel.ts';
import { decodePacket, encodePacket, type HostPacket, PacketFlag, PacketType, type Version } from './host-packet.ts';
import { decodeHostIpValue, decodeHostRecord, decodeHostValue, type HostRecord } from './host-reply.ts';
import { encodeHostRequest, type HostRequest, type HostValue } from './host-request.ts';
import { decodeVersions, encodeVersions, offeredVersions, type Versions } from './negotiation.ts';

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

const version = { framework: { major: 3, minor: 0 }, message: { major: 4, minor: 0 } } as const;
const transactionModulus = 256;

/**
 * The Windows side: asks a guest's driver, simulated or real, one question at a time.
 * A status is a result; a channel that fails, or a reply to something else, rejects.
 */
export class Host {
  readonly #channel: HostChannel;
  #transaction = 0;

  constructor(channel: HostChannel) {
    this.#channel = channel;
  }

  /** Agrees on the versions; rejects if the guest knows none of those offered. */
  async negotiate(offered: Versions = offeredVersions): Promise<{ framework: Version; message: Version }> {
    const { body } = await this.#exchange(PacketType.negotiate, encodeVersions(offered));
    const {
      frameworks: [framework],
      messages: [message],
    } = decodeVersions(body);
    if (!framework || !message) throw new Error('the guest knows none of the versions offered');
    return { framework, message };
  }

  /** Every record of a pool, asked by index until the guest answers another status than 0. */
  async enumerate(pool: number): Promise<HostRecords> {
    const records: HostRecord[] = [];
    for (;;) {
      const { status, value } = await this.enumerateAt(pool, records.length);
      if (value === undefined) return { status, records };
      records.push(value);
    }
  }

  enumerateAt(pool: number, index: number): Promise<HostReply<HostRecord>> {
    return this.#ask({ operation: 'enumerate', pool, index }, decodeHostRecord);
  }

  get(pool: number, key: string): Promise<HostReply<string>> {
    return this.#ask({ operation: 'get', pool, key }, decodeHostValue);
  }

  set(pool: number, key: string, value: HostValue): Promise<HostStatus> {
    return this.#tell({ operation: 'set', pool, key, value });
  }

  delete(pool: number, key: string): Promise<HostStatus> {
    return this.#tell({ operation: 'delete', pool, key });
  }

  /** What the adapter with this MAC address has. */
  getIpInfo(adapterId: string): Promise<HostReply<IpValue>> {
    return this.#ask({ operation: 'get-ip-info', adapterId }, decodeHostIpValue);
  }

  /** Configures the adapter with this GUID. */
  setIpInfo(value: IpValue): Promise<HostStatus> {
    return this.#tell({ operation: 'set-ip-info', value });
  }

  /** Asks anything, sane or not. @internal */
  async send(request: HostRequest): Promise<RawHostReply> {
    const { status, body } = await this.#exchange(PacketType.exchange, encodeHostRequest(request));
    return { status, body };
  }

  async #tell(request: HostRequest): Promise<HostStatus> {
    const { status } = await this.send(request);
    return { status };
  }

  async #ask<T>(request: HostRequest, decode: (body: Buffer) => T): Promise<HostReply<T>> {
    const { status, body } = await this.send(request);
    return { status, value: status === Status.ok ? decode(body) : undefined };
  }

  async #exchange(type: number, body: Buffer): Promise<HostPacket> {
    this.#transaction = (this.#transaction + 1) % transactionModulus;
    const flags = PacketFlag.transaction | PacketFlag.request;
    const request = { ...version, type, transaction: this.#transaction, flags, status: 0, body };
    const reply = decodePacket(await this.#channel.exchange(encodePacket(request)));
    if (reply.transaction !== request.transaction || (reply.flags & PacketFlag.response) === 0) {
      throw new Error(
        `transaction ${request.transaction} was answered by a packet of transaction ${reply.transaction}`,
      );
    }
    return reply;
  }
}

import { closeSync } from 'node:fs';
import { native } from '../../device/native.ts';
import { PacketSocket } from '../../device/packet-socket.ts';
import { asSystemError, isSystemError, makeSystemError } from '../../device/system-error.ts';
import type { Log } from '../../log/log.ts';
import { parseReply } from '../protocol/reply.ts';
import { type HelperReply, type HelperRequest, packetLimit } from '../protocol/request.ts';

export interface HelperOptions {
  /** A new connection to the helper, for one request. May throw a system error. */
  readonly connect: () => number;
  /** How long an answer is waited for; nothing else is done meanwhile. */
  readonly patienceMs?: number;
  /** The same for the first one, before which the helper has to start. */
  readonly firstPatienceMs?: number;
  readonly log: Log;
}

/** What the helper has done for us, and the descriptor that came with it. */
export interface Answer {
  readonly reply: HelperReply;
  readonly descriptor: number | undefined;
}

/** What is called back for a request that takes longer; one end. */
export interface Listener {
  /** How long all of it may take: the connection is closed then. */
  readonly patienceMs: number;
  readonly onReply: (reply: HelperReply) => void;
  /** Nothing more comes. */
  readonly onEnd: () => void;
}

/** Less than the 5 s that FreeBSD's driver gives a request; enough for systemd to start the helper on a busy machine. */
export const defaultPatienceMs = 3000;
/** A helper that did not answer is not waited for again for so long. */
const restMs = 10_000;

/** The small program with root's rights, as the daemon sees it. That it does not answer is logged once. */
export class Helper {
  readonly #options: HelperOptions;
  readonly #room = Buffer.alloc(packetLimit);
  #patienceMs: number;
  #restsUntil = -Infinity;
  #trouble = '';

  constructor(options: HelperOptions) {
    this.#options = options;
    this.#patienceMs = options.firstPatienceMs ?? options.patienceMs ?? defaultPatienceMs;
  }

  /** Why it did not answer the last request; "" if it did, or was not asked. */
  get trouble(): string {
    return this.#trouble;
  }

  /**
   * Asks, and waits for a short time. Undefined if nobody answers; throws the system error that kept the helper from doing what
   * was asked for.
   */
  ask(request: HelperRequest): Answer | undefined {
    if (performance.now() < this.#restsUntil) return undefined;
    const packet = encode(request);
    const answer = this.#reporting(() => this.#exchange(packet));
    if (answer === undefined) return undefined;
    this.#trouble = '';
    if (answer.reply.reply === 'failed') throw asSystemError(answer.reply);
    return answer;
  }

  /** Asks for what takes its time. */
  converse(request: HelperRequest, listener: Listener): void {
    const packet = encode(request);
    if (packet.length > packetLimit) {
      this.#options.log.warning(`a request to ${request.request} is refused: it is longer than ${packetLimit} bytes`);
    }
    const isBegun = packet.length <= packetLimit && this.#reporting(() => this.#begin(packet, listener));
    if (isBegun !== true) listener.onEnd();
  }

  /** The helper is gone, or does not do what it is there for. */
  lose(trouble: string): void {
    if (this.#trouble === '') {
      this.#options.log.warning(`the privileged helper does not answer; requests that need it fail: ${trouble}`);
    }
    this.#trouble = trouble;
  }

  #exchange(packet: Buffer): Answer {
    const fd = this.#options.connect();
    const patienceMs = this.#patienceMs;
    this.#patienceMs = this.#options.patienceMs ?? defaultPatienceMs;
    try {
      native.sendPacket(fd, packet);
      const { size, descriptor } = native.receivePacket(fd, this.#room, patienceMs);
      const reply = parseReply(this.#room.subarray(0, size));
      if (reply !== undefined) return { reply, descriptor: descriptor < 0 ? undefined : descriptor };
      if (descriptor >= 0) closeSync(descriptor);
      throw nonsense();
    } finally {
      closeSync(fd);
    }
  }

  #begin(packet: Buffer, { patienceMs, onReply, onEnd }: Listener): true {
    const fd = this.#options.connect();
    let isAnswered = false;
    const end = (): void => {
      clearTimeout(late);
      socket.close();
      onEnd();
    };
    const socket = new PacketSocket(fd, 'the helper', () => {
      for (let size = socket.read(this.#room); size !== undefined; size = socket.read(this.#room)) {
        const reply = parseReply(this.#room.subarray(0, size));
        if (reply === undefined || reply.reply === 'failed') {
          if (reply !== undefined) this.lose(reply.message);
          else if (size > 0 || !isAnswered) this.lose(nonsense().message);
          end();
          return;
        }
        isAnswered = true;
        this.#trouble = '';
        onReply(reply);
      }
    });
    // A helper that hangs would keep a thread and descriptors of ours with each request.
    const late = setTimeout(() => {
      this.lose(`no complete answer arrived for ${patienceMs} ms`);
      end();
    }, patienceMs);
    try {
      native.sendPacket(fd, packet);
    } catch (error) {
      clearTimeout(late);
      socket.close();
      throw error;
    }
    return true;
  }

  /** What the attempt gives; undefined if the helper cannot be reached, or talks nonsense. */
  #reporting<T>(attempt: () => T): T | undefined {
    try {
      return attempt();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      if (error.code === 'ETIMEDOUT') this.#restsUntil = performance.now() + restMs;
      this.lose(error.message);
      return undefined;
    }
  }
}

function encode(request: HelperRequest): Buffer {
  return Buffer.from(JSON.stringify(request));
}

function nonsense(): Error {
  return makeSystemError('EBADMSG', 'recvmsg', 'it closed the connection or sent an invalid answer');
}

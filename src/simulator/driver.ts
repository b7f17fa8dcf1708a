import { rmSync } from 'node:fs';
import { native } from '../device/native.ts';
import { unlessFails, withPath } from '../device/system-error.ts';
import { writeText } from '../message/fixed-text.ts';
import { layout } from '../message/layout.ts';
import { type HostChannel, ServiceWithdrawn } from './host-channel.ts';
import { PacketSocket } from '../device/packet-socket.ts';
import { Transactions, type TransactionsOptions } from './transactions.ts';

/** What Linux's hv_utils sends to a daemon that registers. */
const driverVersion = '3.1';

/** Stands for whatever the kernel's memory holds behind a message that is too short. */
const kernelGarbage = 0xa5;

export interface DriverOptions extends Omit<TransactionsOptions, 'deliver' | 'onFault'> {
  /** Of the socket, in place of the device. */
  readonly path: string;
}

/**
 * The driver's side of the channel, on a SOCK_SEQPACKET socket in place of the device. A socket cannot do three things:
 * report to a daemon that its write was refused, honour a file offset, and keep POLLIN up after a read as FreeBSD's device does.
 */
export class Driver implements HostChannel {
  readonly #options: DriverOptions;
  readonly #transactions: Transactions;
  readonly #violations: string[] = [];
  readonly #incoming: Buffer;
  readonly #registrationAnswer: Buffer;
  #onRegistered: (() => void)[] = [];
  #listener: PacketSocket | undefined;
  #connection: PacketSocket | undefined;
  #lateReplies = 0;
  #refusedConnections = 0;

  /** Offers the service at once. */
  constructor(options: DriverOptions) {
    const { messageSize } = options.rules.dialect;
    this.#options = options;
    this.#transactions = new Transactions({
      ...options,
      deliver: (message) => this.#connection?.write(message),
      onFault: (fault) => this.#violations.push(`a strict host drops the channel: ${fault}`),
    });
    this.#incoming = Buffer.alloc(messageSize + 1);
    this.#registrationAnswer = registrationAnswer(messageSize, options.rules.dialect.registerOperation);
    this.offer();
  }

  /** What the daemon did against the driver's rules, in order. */
  get violations(): readonly string[] {
    return this.#violations;
  }

  /** Replies that came after the driver had answered the host itself, and were dropped. */
  get lateReplies(): number {
    return this.#lateReplies;
  }

  /** Daemons turned away because one is connected. */
  get refusedConnections(): number {
    return this.#refusedConnections;
  }

  /** Resolves when a daemon is registered, at once if one is. */
  daemonConnected(): Promise<void> {
    if (this.#transactions.registered) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onRegistered.push(resolve);
    });
  }

  exchange(packet: Buffer, signal?: AbortSignal): Promise<Buffer> {
    if (!this.#listener) return Promise.reject(new ServiceWithdrawn());
    return this.#transactions.exchange(packet, signal);
  }

  /** Offers the service: the socket appears. */
  offer(): void {
    if (this.#listener) return;
    const { path } = this.#options;
    this.#listener = new PacketSocket(
      withPath(path, () => native.listenSeqpacket(path)),
      path,
      () => {
        this.#accept(path);
      },
    );
  }

  /** Withdraws the service: the connection ends, the socket goes away, pending exchanges reject. */
  rescind(): void {
    if (!this.#listener) return;
    this.#listener.close();
    this.#listener = undefined;
    rmSync(this.#options.path, { force: true });
    this.#connection?.close();
    this.#connection = undefined;
    this.#transactions.withdraw(new ServiceWithdrawn());
  }

  #accept(path: string): void {
    const listener = this.#listener;
    // The caller may have closed the connection again.
    const fd = listener && withPath(path, () => unlessFails(() => native.acceptSeqpacket(listener.fd), 'EAGAIN'));
    if (fd === undefined) return;
    // The last words and the end of the daemon before may not have been noticed yet.
    while (this.#connection && this.#receive(this.#connection));
    if (this.#connection) {
      this.#refusedConnections += 1;
      new PacketSocket(fd, path, () => undefined).close();
      return;
    }
    const connection = new PacketSocket(fd, path, () => {
      this.#receive(connection);
    });
    this.#connection = connection;
  }

  /** Takes one message, or the daemon's end; false if there is nothing. */
  #receive(connection: PacketSocket): boolean {
    const size = connection.read(this.#incoming);
    if (size === undefined) return false;
    if (size === 0) {
      connection.close();
      this.#connection = undefined;
      this.#transactions.endDaemon();
    } else {
      this.#take(connection, size);
    }
    return true;
  }

  #take(connection: PacketSocket, size: number): void {
    const message = this.#checkSize(size);
    if (message === undefined) return;
    if (this.#transactions.registered) this.#takeReply(message);
    else this.#takeRegistration(connection, message);
  }

  /** The message; undefined if the driver refuses it. Bytes too many are ignored on both systems. */
  #checkSize(size: number): Buffer | undefined {
    const { messageSize, system } = this.#options.rules.dialect;
    if (size < messageSize) {
      this.#violations.push(`a message of ${size} bytes, ${messageSize - size} too few`);
      if (system === 'linux') return undefined;
      this.#incoming.fill(kernelGarbage, size);
    }
    return this.#incoming.subarray(0, messageSize);
  }

  #takeRegistration(connection: PacketSocket, message: Buffer): void {
    const { registerOperation, answersRegistration } = this.#options.rules.dialect;
    const operation = message.readUInt8(layout.header.operation.offset);
    if (operation !== registerOperation) {
      this.#violations.push(`a registration by operation ${operation}, not ${registerOperation}`);
      return;
    }
    if (answersRegistration) connection.write(this.#registrationAnswer);
    this.#transactions.register();
    const waiting = this.#onRegistered;
    this.#onRegistered = [];
    for (const tell of waiting) tell();
  }

  #takeReply(message: Buffer): void {
    switch (this.#transactions.reply(message)) {
      case 'answered':
        break;
      case 'late':
        this.#lateReplies += 1;
        break;
      case 'unowed':
        this.#violations.push('a reply that was not owed');
        break;
      case 'panic':
        this.#violations.push('kernel panic: a reply before the host has sent anything');
        this.rescind();
        break;
    }
  }
}

function registrationAnswer(messageSize: number, operation: number): Buffer {
  const message = Buffer.alloc(messageSize);
  message.writeUInt8(operation, layout.header.operation.offset);
  writeText(message, layout.register.version, driverVersion);
  return message;
}

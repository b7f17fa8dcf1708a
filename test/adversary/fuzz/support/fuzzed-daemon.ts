import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdtempSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { native, type NativeChannel } from '../../../../src/device/native.ts';
import { type Dialect, dialects } from '../../../../src/message/dialect.ts';
import { registrationAnswer } from '../../../support/driver-message.ts';
import { daemonProgram } from '../../../support/daemon-process.ts';
import { eventually } from '../../../support/eventually.ts';
import type { Guest } from './guest.ts';
import { namespaces, needs } from '../../../support/needs.ts';

/** What is wrong with the daemon. */
export class Finding extends Error {
  override readonly name = 'Finding';
}

/** Beyond what any request takes, commands of the system included. */
const patienceUs = 10_000_000;
/** A start takes a processor, which the daemons of other runs want too. */
const startPatienceMs = 60_000;
const kibibytesInMebibyte = 1024;
/** One line of ours; what Node prints of an exception is none. */
const logLine = /^hv_kvp_daemon: (?:error|warning|notice|info|debug): /;

export interface FuzzedOptions {
  /** TOML. */
  readonly configuration?: string;
  /** More words for the daemon. */
  readonly words?: readonly string[];
}

/** The built daemon in a guest of its own, and the driver's end of its channel, which waits without the event loop. */
export class FuzzedDaemon {
  readonly guest: Guest;
  readonly dialect: Dialect;
  readonly folder = mkdtempSync(join(tmpdir(), 'hyperv-kvp-fuzz-'));
  readonly pools = join(this.folder, 'pools');
  readonly #device = join(this.folder, 'device');
  readonly #logFile = join(this.folder, 'log');
  readonly #listener: NativeChannel;
  readonly #process: ChildProcess;
  readonly #incoming: Buffer;
  #connection: NativeChannel | undefined;

  private constructor(guest: Guest, { configuration = '', words = [] }: FuzzedOptions) {
    this.guest = guest;
    this.dialect = dialects[guest.system];
    this.#incoming = Buffer.alloc(this.dialect.messageSize + 1);
    this.#listener = new native.ChannelHandle(native.listenSeqpacket(this.#device), () => undefined);
    const file = join(this.folder, 'configuration');
    writeFileSync(file, `${configuration}\n[pools]\ndurability = "memory"\n`);
    const [program = '', ...launcher] = guest.launcher(this.folder);
    const folders = ['--pool-dir', this.pools, '--state-dir', join(this.folder, 'state')];
    const log = openSync(this.#logFile, 'w');
    this.#process = spawn(
      program,
      [
        ...[...launcher, daemonProgram, '-n', '--platform', guest.system, '--device', this.#device],
        ...['--config', file, ...folders, ...words],
      ],
      { stdio: ['ignore', 'ignore', log] },
    );
    closeSync(log);
  }

  /** Starts it and takes its registration. */
  static async start(guest: Guest, options: FuzzedOptions = {}): Promise<FuzzedDaemon> {
    needs(namespaces);
    const daemon = new FuzzedDaemon(guest, options);
    await daemon.accept();
    return daemon;
  }

  get pid(): number {
    return this.#process.pid ?? 0;
  }

  /** Takes the next connection of the daemon and its registration, and answers that where a driver does. */
  async accept(answer = registrationAnswer()): Promise<void> {
    const end = performance.now() + startPatienceMs;
    await eventually(() => {
      if (this.#listener.poll(0) !== 0) return true;
      if (this.hasEnded() || performance.now() > end) throw new Finding(`the daemon does not come: ${this.log()}`);
      return false;
    });
    this.#connection = new native.ChannelHandle(native.acceptSeqpacket(this.#listener.fd), () => undefined);
    const registration = this.receive();
    const { registerOperation, messageSize, answersRegistration } = this.dialect;
    if (registration.length !== messageSize || registration.readUInt8() !== registerOperation) {
      throw new Finding('the first message is no registration');
    }
    if (answersRegistration) this.send(answer);
  }

  /** One request and its reply; nothing else may come. */
  exchange(message: Buffer): Buffer {
    if (this.#connected().poll(0) !== 0) throw new Finding('there is a message that answers nothing');
    this.send(message);
    return this.receive();
  }

  send(message: Buffer): void {
    this.#connected().write(message);
  }

  /** The next message, good until the one after it. */
  receive(): Buffer {
    const count = this.#connected().read(this.#incoming, patienceUs);
    if (count === undefined) throw new Finding('there is no reply');
    if (count === 0) throw new Finding('the daemon closed the connection');
    return this.#incoming.subarray(0, count);
  }

  /** Ends the connection; the daemon may come again. */
  hangUp(): void {
    this.#connection?.close();
    this.#connection = undefined;
  }

  /** Whether the daemon closed the connection or says something. */
  isReadable(): boolean {
    return this.#connected().poll(0) !== 0;
  }

  hasEnded(): boolean {
    return this.#process.exitCode !== null || this.#process.signalCode !== null;
  }

  rssMb(): number {
    const memory = /^VmRSS:\s+(\d+)/m.exec(readFileSync(`/proc/${this.pid}/status`, 'utf8'))?.[1];
    return Number(memory) / kibibytesInMebibyte;
  }

  descriptors(): number {
    return readdirSync(`/proc/${this.pid}/fd`).length;
  }

  log(): string {
    return readFileSync(this.#logFile, 'utf8');
  }

  /** Lines of the log that are not the daemon's own, as of an exception that was not caught. */
  strayLines(): readonly string[] {
    return this.log()
      .split('\n')
      .filter((line) => line !== '' && !logLine.test(line));
  }

  file(pool: number): Buffer {
    return readFileSync(join(this.pools, `.kvp_pool_${pool}`));
  }

  async end(): Promise<void> {
    this.#process.kill('SIGKILL');
    if (!this.hasEnded()) await once(this.#process, 'exit');
    this.hangUp();
    this.#listener.close();
    rmSync(this.folder, { recursive: true });
  }

  #connected(): NativeChannel {
    if (this.#connection === undefined) throw new Error('no daemon is connected');
    return this.#connection;
  }
}

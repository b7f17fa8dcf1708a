import { rm } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { Host } from '../../../src/simulator/host.ts';
import { DaemonProcess } from './daemon-process.ts';
import { poolDirectory } from './pool-file.ts';
import { VmbusChannel } from './vmbus-channel.ts';

/** What a check needs that a simulated guest can give, too. */
export type HostLab = Pick<Lab, 'host' | 'check'>;

/** What the checks work with: the host's end of the channel, and a daemon at the guest's. */
export class Lab {
  readonly channel: VmbusChannel;
  readonly host: Host;
  readonly #daemonCommand: readonly string[];
  #daemon: DaemonProcess;
  #passed = 0;
  #failed = 0;
  #spoilt = false;

  private constructor(channel: VmbusChannel, daemonCommand: readonly string[]) {
    this.channel = channel;
    this.host = new Host(channel);
    this.#daemonCommand = daemonCommand;
    this.#daemon = this.newDaemon();
  }

  /** Starts the daemon. */
  static async open(daemonCommand: readonly string[]): Promise<Lab> {
    return new Lab(await VmbusChannel.open(), daemonCommand);
  }

  /** The run that serves, or that did so last. */
  get daemon(): DaemonProcess {
    return this.#daemon;
  }

  /** One more run of the daemon, beside the one that serves. */
  newDaemon(): DaemonProcess {
    return new DaemonProcess(this.#daemonCommand);
  }

  /** Starts the daemon again after its end. */
  startDaemon(): void {
    this.#daemon = this.newDaemon();
  }

  async stopDaemon(): Promise<void> {
    this.#daemon.signal('SIGKILL');
    await this.#daemon.ending();
  }

  /** After a failure: empty pools, a service on offer and a fresh daemon, whatever the failed check has left. */
  async mend(): Promise<void> {
    if (!this.#spoilt) return;
    await this.stopDaemon();
    await rm(poolDirectory, { recursive: true, force: true });
    await this.channel.ensureOffered();
    this.startDaemon();
    this.#spoilt = false;
  }

  /** Runs one check and prints its outcome; if it failed, with what the daemon had to say meanwhile. */
  async check(sentence: string, body: () => Promise<void>): Promise<void> {
    const { daemon } = this;
    const logStart = daemon.log.length;
    const start = performance.now();
    const failure = await failureOf(body);
    const seconds = ((performance.now() - start) / millisecondsInSecond).toFixed(1).padStart(shownTime);
    if (failure === undefined) {
      this.#passed += 1;
      console.log(`ok     ${seconds} s  ${sentence}`);
    } else {
      this.#failed += 1;
      console.log(`FAILED ${seconds} s  ${sentence}\n${readable(failure)}\n${readable(daemon.log.slice(logStart))}`);
      this.#spoilt = true;
    }
    if (!this.#daemon.isRunning) this.startDaemon();
  }

  /** Prints the closing line. Returns whether all checks passed. */
  report(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }
}

async function failureOf(body: () => Promise<void>): Promise<string | undefined> {
  const patience = new AbortController();
  const tooLong = sleep(checkTimeoutMs, 'it did not end', { signal: patience.signal });
  tooLong.catch(() => undefined);
  try {
    return (await Promise.race([body(), tooLong])) ?? undefined;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  } finally {
    patience.abort();
  }
}

const checkTimeoutMs = 60_000;
const millisecondsInSecond = 1000;
const shownTime = 5;

/** Indented, lines cut, statuses in the form that they are known by. */
function readable(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => `        ${line.slice(0, shownColumns)}`);
  return lines.join('\n').replaceAll(/\b2147\d{6}\b/g, (status) => `0x${Number(status).toString(hexadecimal)}`);
}

const shownColumns = 160;
const hexadecimal = 16;

import { rm } from 'node:fs/promises';
import { Host } from '../../../../src/simulator/host.ts';
import { DaemonProcess } from './daemon-process.ts';
import { Outcomes } from './outcomes.ts';
import { poolDirectory } from './pool-file.ts';
import { VmbusChannel } from './vmbus-channel.ts';

/** What a check needs that a simulated guest can give, too. */
export type HostLab = Pick<Lab, 'host' | 'check'>;

/** What the checks work with: the host's end of the channel, and a daemon at the guest's. */
export class Lab {
  readonly channel: VmbusChannel;
  readonly host: Host;
  readonly #daemonCommand: readonly string[];
  readonly #outcomes = new Outcomes();
  #daemon: DaemonProcess;
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
    if (!(await this.#outcomes.check(sentence, body, () => daemon.log.slice(logStart)))) this.#spoilt = true;
    if (!this.#daemon.isRunning) this.startDaemon();
  }

  /** Prints the closing line. Returns whether all checks passed. */
  report(): boolean {
    return this.#outcomes.report();
  }
}

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import assert from 'node:assert/strict';
import { Host } from '../../../../src/simulator/host.ts';
import { PoolNumber } from '../../../../src/message/pool.ts';
import { Status } from '../../../../src/message/status.ts';
import { Outcomes } from '../../guest/checks/outcomes.ts';
import { VmbusChannel } from '../../guest/checks/vmbus-channel.ts';

const isRpm = process.argv[2] === 'rpm';
const isRedHats = isRpm || process.argv[2] === 'extension';

/** The service as the distribution calls it. */
export const unit = isRedHats ? 'hypervkvpd.service' : 'hv-kvp-daemon.service';

/** What we call it, and other distributions. */
export const otherNames = [
  ...['hyperv-kvp.service', 'hv_kvp_daemon.service'],
  isRedHats ? 'hv-kvp-daemon.service' : 'hypervkvpd.service',
];

const checkTimeoutMs = 900_000;
/** A service may take minutes to start on an emulated processor of a busy machine. */
const waits = 6;

/** What the checks work with, in the guest: its shell, its systemd, and the host's end of the driver's channel. */
export class Lab {
  // Packages are unpacked and systemd restarts services here, on an emulated processor.
  readonly #outcomes = new Outcomes(checkTimeoutMs);
  #channel: VmbusChannel | undefined;
  #host: Host | undefined;

  /** Runs one check and prints its outcome; if it failed, with what the service has logged. */
  async check(sentence: string, body: () => Promise<void>): Promise<void> {
    await this.#outcomes.check(sentence, body, () => shell(`systemctl status --no-pager --full ${unit} || :`));
  }

  /** Opens the host's end, once the driver is loaded. */
  async connect(): Promise<void> {
    this.#channel = await VmbusChannel.open(waits);
    this.#host = new Host(this.#channel);
    await this.#host.negotiate();
  }

  get channel(): VmbusChannel {
    if (this.#channel === undefined) throw new Error('the driver was not loaded');
    return this.#channel;
  }

  get host(): Host {
    if (this.#host === undefined) throw new Error('the driver was not loaded');
    return this.#host;
  }

  /** A daemon answers the host. A request waits in the driver until there is one. */
  async assertServes(): Promise<void> {
    const { status, value } = await this.host.get(PoolNumber.auto, 'OSName');
    assert.deepEqual({ status, isDebian: value?.startsWith('Debian') }, { status: Status.ok, isDebian: true });
  }

  /** Prints the closing line. Returns whether all checks passed. */
  report(): boolean {
    return this.#outcomes.report();
  }
}

/** Runs a shell command; returns what it prints, without the last line's end; throws if it fails. */
export async function shell(command: string): Promise<string> {
  const { stdout } = await promisify(execFile)('sh', ['-c', command], { maxBuffer: outputLimit });
  return stdout.trimEnd();
}

const outputLimit = 16 * 1024 * 1024;

/** A property of a unit, as systemd has it now. */
export function property(name: string, of = unit): Promise<string> {
  return shell(`systemctl show --property=${name} --value ${of}`);
}

/** What a unit has logged since it was started last. */
export function log(of = unit): Promise<string> {
  return shell(
    `journalctl --output=cat _SYSTEMD_INVOCATION_ID=$(systemctl show --property=InvocationID --value ${of})`,
  );
}

/** Installs the package under test, as an administrator does. */
export async function installPackage(): Promise<void> {
  await shell(`${isRpm ? 'rpm --upgrade --replacepkgs' : 'dpkg --install'} "$PACKAGE"`);
}

export async function purgePackage(): Promise<void> {
  await shell(`${isRpm ? 'rpm --erase' : 'dpkg --purge'} hyperv-kvp`);
}

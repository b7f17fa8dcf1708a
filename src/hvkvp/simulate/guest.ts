import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { dialects, type System } from '../../message/dialect.ts';
import { PoolNumber } from '../../message/pool.ts';
import { platform } from '../../platform/platform.ts';
import { programFolder } from '../../process/program-folder.ts';
import { openPools } from '../../pools/pools.ts';
import { warner } from '../pools/host-warnings.ts';
import type { PersonalityName } from '../../simulator/personality.ts';
import { type Simulator, startSimulator } from '../../simulator/simulator.ts';

/** The daemon could not be started, or has ended by itself. */
export class GuestFailure extends Error {
  override readonly name = 'GuestFailure';
}

export interface GuestOptions {
  readonly system: System;
  /** Program of the daemon; the one of this package unless given. */
  readonly daemon: string | undefined;
  /** A folder of our own unless given. */
  readonly poolDirectory: string | undefined;
  /** For `hvkvp status` and others; in a folder of our own unless given. */
  readonly controlSocket?: string | undefined;
  /** How the host behaves; "strict" unless given. */
  readonly host?: PersonalityName | undefined;
  /** Whether SET_IP_INFO changes the addresses of this machine, as its own daemon would; if not (the default), it is only planned. */
  readonly realAddresses?: boolean | undefined;
  /** Takes each line of the daemon's log. */
  readonly log: (line: string) => void;
}

const ownDaemon = join(programFolder, 'hv_kvp_daemon.js');
/** Nothing of this machine's daemon: neither its configuration nor its user and helper. */
function configurationOf(realAddresses: boolean): string {
  return `[ip_injection]\nmode = "${realAddresses ? 'apply' : 'dry-run'}"\n\n[privileges]\nuser = ""\nhelper = ""\n`;
}
const lockTimeoutMs = 2000;
const endTimeoutMs = 2000;
const removal = { tries: 40, pauseMs: 50 };

/** Removes a folder in which a daemon that is about to end may still write: when a process exits, that end cannot be waited for. */
function removeInUse(folder: string): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  for (let left = removal.tries; ; left -= 1) {
    try {
      rmSync(folder, { recursive: true, force: true });
      return;
    } catch (error) {
      if (left === 1) throw error;
      Atomics.wait(sleeper, 0, 0, removal.pauseMs);
    }
  }
}

/** A guest: a simulated driver, and a real daemon process. Nothing of it outlives this process. */
export class SimulatedGuest {
  readonly simulator: Simulator;
  readonly system: System;
  readonly poolDirectory: string;
  readonly controlSocket: string;
  /** A file that the daemon was started with, and reads again at SIGHUP. */
  readonly configuration: string;
  readonly #folder: string;
  readonly #stateDirectory: string;
  readonly #daemon: ChildProcess;
  readonly #death: Promise<never>;
  #stopping = false;

  constructor(given: GuestOptions) {
    const { system, daemon = ownDaemon, poolDirectory, controlSocket, host, realAddresses = false, log } = given;
    this.system = system;
    this.#folder = mkdtempSync(join(tmpdir(), 'hvkvp-'));
    process.once('exit', this.#removeAll);
    this.poolDirectory = poolDirectory ?? join(this.#folder, 'pools');
    this.controlSocket = controlSocket ?? join(this.#folder, 'control');
    this.#stateDirectory = join(this.poolDirectory, '.hyperv-kvp');
    this.configuration = join(this.#folder, 'hyperv-kvp.toml');
    writeFileSync(this.configuration, configurationOf(realAddresses));
    const path = join(this.#folder, 'device');
    this.simulator = startSimulator({ system, path, ...(host && { host }) });
    const [program, words] = daemon.endsWith('.js') ? [process.execPath, [daemon]] : [daemon, []];
    const places = ['--device', path, '--pool-dir', this.poolDirectory, '--state-dir', this.#stateDirectory];
    const own = ['--config', this.configuration, '--control-socket', this.controlSocket];
    const options = ['-n', '--platform', system, ...places, ...own];
    this.#daemon = spawn(program, [...words, ...options], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (this.#daemon.stderr) createInterface(this.#daemon.stderr).on('line', log);
    this.#death = this.#watchDaemon(daemon);
    // Wakes whoever waits; if nobody does, the next one to wait.
    this.#death.catch(() => undefined);
  }

  /** Undefined if it could not be started. */
  get daemonPid(): number | undefined {
    return this.#daemon.pid;
  }

  /** Waits for the daemon to register, and negotiates. */
  async start(): Promise<void> {
    await this.whileAlive(this.simulator.daemonConnected());
    await this.whileAlive(this.simulator.host.negotiate());
  }

  /** Waits for something, or throws a {@link GuestFailure} when the daemon ends. */
  async whileAlive<T>(something: Promise<T>): Promise<T> {
    return await Promise.race([something, this.#death]);
  }

  /** Writes a record as a program in the guest does; returns what the host will see differently. Throws a system error if the pool cannot be written. */
  async writeFromGuest(key: string, value: string, warn?: (text: string) => void): Promise<void> {
    const pools = openPools({
      directory: this.poolDirectory,
      stateDirectory: this.#stateDirectory,
      fileMode: platform(this.system).poolFileMode,
      durability: 'memory',
      lockTimeoutMs,
      warn: (text) => {
        process.emitWarning(text);
      },
    });
    try {
      const pool = pools.at(PoolNumber.guest);
      const record = { key: Buffer.from(key), value: Buffer.from(value) };
      if (warn !== undefined) await warner(pool, { unsafe: false, dialect: dialects[this.system], warn })([record]);
      await pool.set(record.key, record.value);
    } finally {
      pools.close();
    }
  }

  /** Has the daemon read its configuration anew. */
  reload(): void {
    this.#daemon.kill('SIGHUP');
  }

  /** Ends the daemon, and removes what was made. */
  async stop(): Promise<void> {
    this.#stopping = true;
    if (this.#daemon.pid !== undefined && this.#daemon.exitCode === null && this.#daemon.signalCode === null) {
      const ended = once(this.#daemon, 'exit');
      const impatience = setTimeout(() => this.#daemon.kill('SIGKILL'), endTimeoutMs);
      this.#daemon.kill('SIGTERM');
      await ended;
      clearTimeout(impatience);
    }
    this.simulator.close();
    process.off('exit', this.#removeAll);
    this.#removeAll();
  }

  readonly #removeAll = (): void => {
    this.#daemon.kill('SIGTERM');
    removeInUse(this.#folder);
  };

  #watchDaemon(program: string): Promise<never> {
    return new Promise((_, reject) => {
      this.#daemon.once('error', (cause) => {
        reject(new GuestFailure(`cannot start the daemon ${program}: ${cause.message}`, { cause }));
      });
      this.#daemon.once('exit', (status, signal) => {
        if (!this.#stopping) reject(new GuestFailure(`the daemon ended with ${signal ?? `status ${status ?? ''}`}`));
      });
    });
  }
}

import type { System } from '../message/dialect.ts';
import { type Clock, systemClock } from './clock.ts';
import { Driver } from './driver.ts';
import { driverRules } from './driver-rules.ts';
import { type AskOptions, Host } from './host.ts';
import { personalities, type PersonalityName } from './personality.ts';
import type { InterfaceNames } from './to-daemon.ts';
import { unlessAborted } from './unless-aborted.ts';

export interface SimulatorOptions {
  /** Whose driver it is. */
  readonly system: System;
  /** Of the socket that a daemon is given as its device; at most 107 bytes. */
  readonly path: string;
  /** How long the driver waits for a reply; by default as that system's does. */
  readonly replyTimeoutMs?: number;
  readonly clock?: Clock;
  /** FreeBSD's driver knows its interfaces by the adapter's GUID in lower case. */
  readonly interfaceNames?: InterfaceNames;
  /** How the host behaves; "strict" unless given. */
  readonly host?: PersonalityName;
}

/** A guest's KVP driver and the host that talks to it. */
export class Simulator {
  readonly host: Host;
  readonly #driver: Driver;

  constructor(driver: Driver, clock: Clock, host: PersonalityName = 'strict') {
    this.#driver = driver;
    this.host = new Host(driver, personalities[host], clock);
  }

  /** What the daemon did against the driver's rules, in order; a test expects none. */
  get violations(): readonly string[] {
    return this.#driver.violations;
  }

  /** Replies that came after the driver had answered the host itself. */
  get lateReplies(): number {
    return this.#driver.lateReplies;
  }

  /** Daemons turned away because one is connected. */
  get refusedConnections(): number {
    return this.#driver.refusedConnections;
  }

  /** Resolves when a daemon is registered, at once if one is; rejects with the signal's reason if that comes first. */
  async daemonConnected({ signal }: AskOptions = {}): Promise<void> {
    const connected = this.#driver.daemonConnected();
    await (signal === undefined ? connected : unlessAborted(connected, signal));
  }

  /** Withdraws the service, as when it is disabled or the guest hibernates. */
  rescind(): void {
    this.#driver.rescind();
  }

  /** Offers it again. */
  offer(): void {
    this.#driver.offer();
  }

  /** Ends everything; the socket is gone. */
  close(): void {
    this.#driver.rescind();
  }
}

/** Starts a driver that waits for a daemon at `path`. Throws a system error if there is no socket to be made there. */
export function startSimulator({ system, path, ...options }: SimulatorOptions): Simulator {
  const rules = driverRules[system];
  const {
    replyTimeoutMs = rules.dialect.replyTimeoutMs,
    clock = systemClock,
    interfaceNames = new Map<string, string>(),
    host,
  } = options;
  return new Simulator(new Driver({ path, rules, replyTimeoutMs, clock, interfaceNames }), clock, host);
}

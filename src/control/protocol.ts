import type { ConfigurationInForce } from '../configuration/in-force.ts';
import type { System } from '../message/dialect.ts';
import type { PoolNumber } from '../message/pool.ts';
import type { ControlEvent, Hello } from './message-schema.ts';
import type { Counts } from './statistics.ts';

export type { ControlEvent, Hello, TransactionEvent } from './message-schema.ts';

/** Of the conversation on the control socket; a change that an older client would misunderstand raises it. */
export const protocolVersion = 1;

/** How far a client may fall behind before it misses events. */
export const queueLimit = 262_144;

/** The longest line that a client may send, in bytes. */
export const lineLimit = 4096;

/** How many clients are served at a time; more are turned away. */
export const clientLimit = 8;

/**
 * One line from a client. `values`: whether the answer shall hold the texts of the site's own keys, or events the values of records and
 * the addresses of adapters; false unless given.
 */
export type ControlRequest =
  | { readonly request: 'status' | 'auto-keys' }
  | { readonly request: 'configuration' | 'subscribe'; readonly values?: boolean };

/** One line from the daemon. */
export type ControlMessage =
  | Hello
  | StatusReport
  | AutoKeysReport
  | ConfigurationReport
  | Subscribed
  | ControlEvent
  | Refusal;

export interface StatusReport extends Counts {
  readonly type: 'status';
  readonly version: string;
  readonly pid: number;
  readonly system: System;
  readonly configuration: ConfigurationStatus;
  readonly device: DeviceStatus;
  readonly pools: readonly PoolStatus[];
  readonly ipInjection: IpInjectionStatus;
  readonly privileges: PrivilegeStatus;
}

export interface ConfigurationStatus {
  /** "" if there is none. */
  readonly file: string;
  /** When it was read, ISO 8601 in UTC. */
  readonly readAt: string;
}

export interface DeviceStatus {
  readonly path: string;
  /** "waiting": for the device, or for the driver's answer to the registration. */
  readonly state: 'waiting' | 'registered';
  /** Version of the integration components; "" where the driver does not report it. */
  readonly integrationServices: string;
  /** Why the device was lost, or cannot be opened; "" if all is well. */
  readonly trouble: string;
}

/** As the pool's file is at this moment; null if there is none. */
export interface PoolStatus {
  readonly number: PoolNumber;
  readonly name: string;
  readonly path: string;
  readonly records: number | null;
  readonly bytes: number | null;
  /** Why the latest change was made without a journal, so that a crash may tear a record; "" if it was not. */
  readonly journalTrouble: string;
}

/** The keys of `[ip_injection]` that matter most. */
export interface IpInjectionStatus {
  readonly mode: string;
  readonly backEnd: string;
  readonly interfaces: readonly string[];
  readonly deniedInterfaces: readonly string[];
}

/** Whose rights the daemon has. */
export interface PrivilegeStatus {
  /** The user; 0 is root. */
  readonly uid: number;
  /** Whether there is somebody to ask for what only root can do; "lost": it did not answer when it was asked last. */
  readonly helper: 'none' | 'at hand' | 'lost';
  /** Why it is lost; "" if it is not. */
  readonly trouble: string;
}

/** The automatic keys as they would be reported to a host now, by index. */
export interface AutoKeysReport {
  readonly type: 'auto-keys';
  readonly records: readonly AutoKeyReport[];
}

export interface AutoKeyReport {
  readonly key: string;
  readonly value: string;
}

/** What the daemon works with, and whence it comes. */
export interface ConfigurationReport extends ConfigurationInForce {
  readonly type: 'configuration';
}

/** The answer to a subscription; events follow. */
export interface Subscribed {
  readonly type: 'subscribed';
  readonly values: boolean;
}

/** A request that cannot be met; unless it was a line of JSON, the conversation ends with it. */
export interface Refusal {
  readonly type: 'error';
  readonly error: string;
}

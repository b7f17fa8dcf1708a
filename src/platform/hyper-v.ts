import type { Awaitable } from '../message/awaitable.ts';
import type { System } from '../message/dialect.ts';
import * as freebsd from './freebsd/hyper-v.ts';
import * as linux from './linux/hyper-v.ts';
import type { Machine } from './machine.ts';

/** What we run under. */
export interface Hypervisor {
  /** Undefined if that is unknown. */
  readonly isHyperV: boolean | undefined;
  /** How that is known, in words. */
  readonly evidence: string;
}

/** The kernel's part. */
export interface Driver {
  /** Whether there is the bus between host and guest. */
  readonly hasVmbus: boolean;
  readonly utilities: 'built in' | 'loaded' | 'missing';
  /** The command that loads what is missing. */
  readonly load: string;
}

/** Whether the device can be used; "busy": somebody whom we cannot see has it open; "withdrawn": it is there, but leads nowhere. */
export type DeviceState = 'usable' | 'missing' | 'no device' | 'denied' | 'busy' | 'withdrawn';

/** A process that has the device open. */
export interface Holder {
  readonly pid: number;
  readonly name: string;
  /** Whether it is the daemon of this package, to judge by its command line. */
  readonly isOurs: boolean;
}

export interface Holders {
  readonly holders: readonly Holder[];
  /** Why there may be others; "" if we could look into every process. */
  readonly unseen: string;
}

/** A process that is a KVP daemon by its name, ours or the stock one, whatever device it has. */
export interface RunningDaemon {
  readonly pid: number;
  /** Whose rights it has: its effective user; NaN if that is unknown. */
  readonly uid: number;
  readonly name: string;
  /** Of its command line, from the program on. */
  readonly words: readonly string[];
}

/** What starts a daemon. */
export interface Service {
  readonly name: string;
  readonly isEnabled: boolean;
  /** "unknown" where the service only starts the daemon and then loses sight of it. */
  readonly state: 'active' | 'failed' | 'inactive' | 'unknown';
  /** Commands for the administrator. */
  readonly enable: string;
  readonly disable: string;
  readonly log: string;
}

/** What Hyper-V, the kernel and the service manager have to do with a daemon; asked anew at every call, and nothing is changed. */
export interface HyperV {
  readHypervisor(): Awaitable<Hypervisor>;
  readDriver(): Awaitable<Driver>;
  /** Whether the host offers this machine the KVP service. */
  readOffer(): Awaitable<boolean>;
  /** Never registers, and leaves a device that is held alone. */
  probeDevice(device: string): DeviceState;
  readHolders(device: string): Awaitable<Holders>;
  readDaemons(): Awaitable<readonly RunningDaemon[]>;
  /** Those that there are; undefined without a service manager that we know. */
  readServices(): Awaitable<readonly Service[] | undefined>;
}

/** Loaded by who diagnoses, not by the daemon. */
export function hyperV(system: System, machine: Machine): HyperV {
  const own = { linux, freebsd }[system];
  return {
    readHypervisor: () => own.readHypervisor(machine),
    readDriver: () => own.readDriver(machine),
    readOffer: () => own.readOffer(machine),
    probeDevice: (device) => own.probeDevice(machine, device),
    readHolders: (device) => own.readHolders(machine, device),
    readDaemons: () => own.readDaemons(machine),
    readServices: () => own.readServices(machine),
  };
}

import type { LinkState } from '../device/native.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { System } from '../message/dialect.ts';
import type { Adapter, AdapterAddress, DefaultRoute, IpFamily, Link, Network } from './adapter.ts';
import { readAddresses } from './addresses.ts';
import * as freebsd from './freebsd/platform.ts';
import { nameInHostsFile } from './hosts-file.ts';
import { hasLifetime } from './leased.ts';
import * as linux from './linux/platform.ts';
import { type Kernel, type Machine, thisMachine } from './machine.ts';
import { readNetwork } from './network.ts';

/** Where a system keeps what we use, and who may read it. */
export interface Conventions {
  readonly devicePath: string;
  readonly poolDirectory: string;
  /** For what must outlive us and is nobody else's business. */
  readonly stateDirectory: string;
  /** For what only makes sense while we run. */
  readonly runtimeDirectory: string;
  /** Where the helper with root's rights listens, if systemd started it. */
  readonly helperSocket: string;
  /** Whom the daemon serves as, if there is such a user. */
  readonly user: string;
  readonly configurationPath: string;
  /** Whether the driver takes whoever opens the device for the daemon, so that nobody else may open it. */
  readonly isOpenerTheDaemon: boolean;
  /** Whether the kernel reports every change of a link, also of its MAC address, to those who watch the network. */
  readonly reportsLinkChanges: boolean;
  /** Permissions of a pool file that we create. */
  readonly poolFileMode: number;
  /** The service of this package: where it is if it is installed, and the command that starts it. */
  readonly service: { readonly files: readonly string[]; readonly start: string };
}

/** What a system's makers call it. Every part is "" if they do not say. */
export interface Distribution {
  readonly name: string;
  readonly majorVersion: string;
  readonly minorVersion: string;
}

/**
 * The system that we run on, and every question to it. Every answer is true at a moment after the call; what cannot be
 * found out is empty. On Linux all answers but the domain name's are there at once, from files; on FreeBSD most
 * of them take a command.
 */
export interface Platform extends Conventions {
  readonly system: System;
  /** Whether the driver's channel to the host is open, so that a registration can be taken; true where that is unknown. */
  isChannelOpen(): boolean;
  /** `uname -n`. */
  hostName(): string;
  /** Asks the resolver, which may take as long as DNS pleases. Undefined without an answer. */
  lookUpDomainName(hostName: string): Promise<string | undefined>;
  /** The full name in /etc/hosts, at once; undefined if the name is not there. */
  nameInHostsFile(hostName: string): string | undefined;
  readKernel(): Awaitable<Kernel>;
  readDistribution(): Awaitable<Distribution>;
  readAdapters(): Awaitable<readonly Adapter[]>;
  /** The interfaces of these names, with those that they are made of and belong to as far as the system knows; `states`: what the kernel says of all. */
  readLinks(names: readonly string[], states: readonly LinkState[]): readonly Link[];
  readAddresses(): readonly AdapterAddress[];
  /** The local addresses at which a TCP port is listened on; "0.0.0.0" and "::" for all of a family. */
  readListeners(port: number): Awaitable<readonly string[]>;
  /** Best first. */
  readDefaultRoutes(family: IpFamily): Awaitable<readonly DefaultRoute[]>;
  /** The addresses and default routes of all adapters together, also of those that are not connected. */
  readNetwork(): Promise<Network>;
  /** Addresses of the servers that are asked for names on behalf of the adapter, best first. */
  readNameServers(adapter: string): Awaitable<readonly string[]>;
  /** Whether the adapter's IPv4 address comes by DHCP; undefined if nothing that we may read says so. */
  readDhcpState(adapter: string): Awaitable<boolean | undefined>;
}

/** The platform for a system, which need not be the one that Node says it runs on. */
export function platform(system: System, machine: Machine = thisMachine): Platform {
  const own = { linux, freebsd }[system];
  return {
    system,
    ...own.conventions,
    isChannelOpen: () => own.isChannelOpen(machine),
    hostName: machine.hostName,
    lookUpDomainName: machine.canonicalName,
    nameInHostsFile: (hostName) => nameInHostsFile(machine, hostName),
    readKernel: () => own.readKernel(machine),
    readDistribution: () => own.readDistribution(machine),
    readAdapters: () => own.readAdapters(machine),
    readLinks: (names, states) => own.readLinks(machine, states, names),
    readAddresses: () => readAddresses(machine),
    readListeners: (port) => own.readListeners(machine, port),
    readDefaultRoutes: (family) => own.readDefaultRoutes(machine, family),
    readNetwork: () => readNetwork(machine, own),
    readNameServers: (adapter) => own.readNameServers(machine, adapter),
    // FreeBSD's kernel has no lifetimes: what it says, a promise, stands.
    readDhcpState: (adapter) => own.readDhcpState(machine, adapter) ?? hasLifetime(machine, adapter),
  };
}

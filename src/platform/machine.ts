import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs';
import os from 'node:os';
import type { NetworkState } from '../device/native.ts';
import { isSystemError } from '../device/system-error.ts';
import { readForeignFile } from './foreign-file.ts';
import { latePart } from './late-part.ts';
import { type RunCommand, runCommand } from './run-command.ts';

/** What the readers ask. Tests put folders, recorded outputs and made-up interfaces in its place. */
export interface Machine {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly run: RunCommand;
  readonly hostName: () => string;
  /** A name's full form by the resolver, as `hostname -f` prints it; undefined without an answer, which may take minutes. */
  readonly canonicalName: (name: string) => Promise<string | undefined>;
  /** The running kernel, as uname(3) reports it. */
  readonly kernel: () => Kernel;
  /** As `os.networkInterfaces()`: of interfaces that are up, and with the label of an address in place of its interface's name. */
  readonly networkInterfaces: () => NodeJS.Dict<os.NetworkInterfaceInfo[]>;
  /** What the kernel has, also of interfaces that are down or not connected; left out by machines that only have the above. */
  readonly networkState?: () => Promise<NetworkState>;
  /** What the hypervisor calls itself to CPUID; "" on a physical machine, undefined on a processor that has no CPUID. */
  readonly hypervisorVendor: () => Promise<string | undefined>;
  /** Opens a device for reading and writing and closes it at once; returns the code of the error, if there is one. */
  readonly tryOpen: (device: string) => string | undefined;
}

/** `uname -s`, `-r` and `-m`. */
export interface Kernel {
  readonly name: string;
  readonly release: string;
  readonly processor: string;
}

const addon = latePart(() => import('../device/native.ts'));

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  root: '/',
  run: runCommand,
  hostName: os.hostname,
  async canonicalName(name) {
    const { native } = await addon();
    return await new Promise((resolve) => {
      native.lookUpCanonicalName(name, resolve);
    });
  },
  kernel: () => ({ name: os.type(), release: os.release(), processor: os.machine() }),
  networkInterfaces: os.networkInterfaces,
  async networkState() {
    const { native } = await addon();
    return native.readNetworkState();
  },
  async hypervisorVendor() {
    const { native } = await addon();
    return native.hypervisorVendor();
  },
  tryOpen(device) {
    try {
      closeSync(openSync(device, constants.O_RDWR | constants.O_NONBLOCK | constants.O_NOCTTY));
      return undefined;
    } catch (error) {
      if (isSystemError(error)) return error.code;
      throw error;
    }
  },
};

/** The text of a file, undefined if there is none that we can read. `path` is absolute, below the machine's root. */
export function readText(machine: Machine, path: string): string | undefined {
  return unlessAbsent(() => readForeignFile(below(machine, path)).toString());
}

/**
 * The bytes of a file as text of one byte a character (latin1), whatever its encoding, so that those which are not touched can be
 * written again; undefined if there is none that we can read.
 */
export function readBytes(machine: Machine, path: string): string | undefined {
  return unlessAbsent(() => readForeignFile(below(machine, path)).toString('latin1'));
}

/** The status of the file that a path leads to, undefined if there is none that we can reach. */
export function readStatus(machine: Machine, path: string): Stats | undefined {
  return unlessAbsent(() => statSync(below(machine, path), { throwIfNoEntry: false }));
}

/** The names in a folder, sorted; none if there is no such folder. */
export function listFolder(machine: Machine, path: string): readonly string[] {
  return unlessAbsent(() => readdirSync(below(machine, path)).sort()) ?? [];
}

/**
 * The names in a folder that end so, sorted, as programs take in the files of a folder: what begins with a dot, such as an editor's
 * copy, does not count.
 */
export function listByEnding(machine: Machine, path: string, ending: string): readonly string[] {
  return listFolder(machine, path).filter((name) => name.endsWith(ending) && !name.startsWith('.'));
}

/** Where a symbolic link leads, undefined if there is none that we can read. */
export function readLink(machine: Machine, path: string): string | undefined {
  return unlessAbsent(() => readlinkSync(below(machine, path)));
}

/** Whether we may do something to a file, in the bits of access(2). */
export function mayAccess(machine: Machine, path: string, mode: number): boolean {
  return (
    unlessAbsent(() => {
      accessSync(below(machine, path), mode);
      return true;
    }) ?? false
  );
}

/** Whether there is a file or folder. */
export function existsBelow(machine: Machine, path: string): boolean {
  return existsSync(below(machine, path));
}

/** Where an absolute path of the machine is for us. */
export function below(machine: Machine, path: string): string {
  return machine.root === '/' ? path : machine.root + path;
}

/** Of this process or the whole system, and not of the file. */
const scarce = ['EMFILE', 'ENFILE', 'ENOMEM'];

/** What cannot be read is treated as absent: a file that is a loop, damaged or odd costs its contents and nothing else. */
function unlessAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (isSystemError(error) && !scarce.includes(error.code)) return undefined;
    // A file gave us a path with a NUL.
    if (error instanceof Error && 'code' in error && error.code === 'ERR_INVALID_ARG_VALUE') return undefined;
    throw error;
  }
}

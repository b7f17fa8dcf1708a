import {
  accessSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  type Stats,
  statSync,
} from 'node:fs';
import os from 'node:os';
import { isSystemError } from '../device/system-error.ts';
import { type RunCommand, runCommand } from './run-command.ts';

/** What the readers ask. Tests put folders, recorded outputs and made-up interfaces in its place. */
export interface Machine {
  /** The folder that stands for `/`. */
  readonly root: string;
  readonly run: RunCommand;
  readonly hostName: () => string;
  /** The running kernel, as uname(3) tells it. */
  readonly kernel: () => Kernel;
  /** As `os.networkInterfaces()`: of interfaces that are up, and with the label of an address in place of its interface's name. */
  readonly networkInterfaces: () => NodeJS.Dict<os.NetworkInterfaceInfo[]>;
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

/** The machine that this process runs on. */
export const thisMachine: Machine = {
  root: '/',
  run: runCommand,
  hostName: os.hostname,
  kernel: () => ({ name: os.type(), release: os.release(), processor: os.machine() }),
  networkInterfaces: os.networkInterfaces,
  async hypervisorVendor() {
    const { native } = await import('../device/native.ts');
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
  return unlessAbsent(() => readFileSync(below(machine, path), 'utf8'));
}

/** The status of the file that a path leads to, undefined if there is none that we can reach. */
export function readStatus(machine: Machine, path: string): Stats | undefined {
  return unlessAbsent(() => statSync(below(machine, path), { throwIfNoEntry: false }));
}

/** The names in a folder, sorted; none if there is no such folder. */
export function listFolder(machine: Machine, path: string): readonly string[] {
  return unlessAbsent(() => readdirSync(below(machine, path)).sort()) ?? [];
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

/**
 * ENODEV, EINVAL: an interface went away while /sys was being read; ESRCH: a process, in /proc. ERR_INVALID_ARG_VALUE: a file gave
 * us a path with a NUL.
 */
const absentCodes: readonly unknown[] = [
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'ENAMETOOLONG'],
  ...['ENODEV', 'EINVAL', 'ESRCH', 'ERR_INVALID_ARG_VALUE'],
];

function unlessAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && absentCodes.includes(error.code)) return undefined;
    throw error;
  }
}

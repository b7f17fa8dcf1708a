import { existsSync, readdirSync, readFileSync, type Stats, statSync } from 'node:fs';
import os from 'node:os';
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

/** Whether there is a file or folder. */
export function existsBelow(machine: Machine, path: string): boolean {
  return existsSync(below(machine, path));
}

/** Where an absolute path of the machine is for us. */
export function below(machine: Machine, path: string): string {
  return machine.root === '/' ? path : machine.root + path;
}

/** ENODEV, EINVAL: an interface went away while /sys was being read. ERR_INVALID_ARG_VALUE: a file gave us a path with a NUL. */
const absentCodes: readonly unknown[] = [
  ...['ENOENT', 'ENOTDIR', 'EISDIR', 'EACCES', 'ENAMETOOLONG'],
  ...['ENODEV', 'EINVAL', 'ERR_INVALID_ARG_VALUE'],
];

function unlessAbsent<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof Error && 'code' in error && absentCodes.includes(error.code)) return undefined;
    throw error;
  }
}

import { constants } from 'node:fs';
import { type Machine, mayAccess } from './machine.ts';
import { searchPath } from './run-command.ts';

/** Whether the machine could run a program, given by its name or its absolute path. */
export function isInstalled(machine: Machine, program: string): boolean {
  const paths = program.startsWith('/') ? [program] : searchPath.map((folder) => `${folder}/${program}`);
  return paths.some((path) => mayAccess(machine, path, constants.X_OK));
}

import type { System } from '../message/dialect.ts';
import { diagnosticCommands as freebsdCommands } from './freebsd/diagnostics.ts';
import { diagnosticCommands as linuxCommands } from './linux/diagnostics.ts';

/** A command whose output helps to find out what is wrong. It changes nothing, and shows no secret of its own. */
export interface DiagnosticCommand {
  /** Of the file that its output goes to. */
  readonly file: string;
  readonly about: string;
  readonly program: string;
  readonly args: readonly string[];
}

/** Those of a system; what is not installed there is left out by whoever runs them. */
export function diagnosticCommands(system: System): readonly DiagnosticCommand[] {
  switch (system) {
    case 'linux':
      return linuxCommands;
    case 'freebsd':
      return freebsdCommands;
  }
}

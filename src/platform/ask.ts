import type { Machine } from './machine.ts';
import type { CommandResult } from './run-command.ts';

/** Three questions in a row, as many as GET_IP_INFO takes, leave room for the answer within the 5 s of FreeBSD's driver. */
const timeoutMs = 1000;

/** Runs a program for what it prints, in a time that a host's request can spare. */
export function ask(machine: Machine, program: string, args: readonly string[]): Promise<CommandResult> {
  return machine.run(program, args, { timeoutMs });
}

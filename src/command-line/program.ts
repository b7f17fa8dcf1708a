import { Command } from 'commander';
import { version } from '../configuration/version.ts';
import { addCompletionCommand } from './completion-command.ts';
import { addDaemonCommands } from './daemon-commands.ts';
import { addDeprovisionCommand } from './deprovision-command.ts';
import { addDoctorCommand } from './doctor-command.ts';
import { addIpCommands } from './ip-commands.ts';
import { addReadingCommands } from './reading-commands.ts';
import { addReportCommand } from './report-command.ts';
import { addSimulateCommand } from './simulate-command.ts';
import { addWatchingCommands } from './watching-commands.ts';
import { addWritingCommands } from './writing-commands.ts';

/** The command line of `hvkvp`, one file a group of commands. What a command does is loaded only when it runs. */
export function createProgram(): Command {
  const program = new Command('hvkvp')
    .description('Works with the key-value pairs that a guest and its Hyper-V host exchange.')
    .version(version)
    // Inherited by every command: how failures are told has one home.
    .exitOverride()
    .configureOutput({ outputError: () => undefined });
  addReadingCommands(program);
  addWritingCommands(program);
  addWatchingCommands(program);
  addReportCommand(program);
  addDeprovisionCommand(program);
  addDaemonCommands(program);
  addDoctorCommand(program);
  addIpCommands(program);
  addSimulateCommand(program);
  addCompletionCommand(program);
  return program;
}

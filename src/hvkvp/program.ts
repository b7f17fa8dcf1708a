import { Command } from 'commander';
import { version } from '../configuration/version.ts';
import { addCompletionCommand } from './completion-command.ts';
import { addDaemonCommands } from './daemon/daemon-commands.ts';
import { addDeprovisionCommand } from './pools/deprovision-command.ts';
import { checkPaths } from './given-paths.ts';
import { addExamples, helpConfiguration } from './help.ts';
import { addDiagnoseCommand } from './diagnose/diagnose-command.ts';
import { addDoctorCommand } from './doctor/doctor-command.ts';
import { addIpCommands } from './ip/ip-commands.ts';
import { addReadingCommands } from './pools/reading-commands.ts';
import { addReportCommand } from './report/report-command.ts';
import { addSetupCommand } from './setup/setup-command.ts';
import { addSimulateCommand } from './simulate/simulate-command.ts';
import { addWatchingCommands } from './pools/watching-commands.ts';
import { addReadyCommand } from './pools/ready-command.ts';
import { addRecoverCommand } from './pools/recover-command.ts';
import { addWritingCommands } from './pools/writing-commands.ts';

/** The command line of `hvkvp`, one file a group of commands. What a command does is loaded only when it runs. */
export function createProgram(): Command {
  const program = new Command('hvkvp')
    .description('Reads and writes the key-value pairs that a guest and its Hyper-V host exchange.')
    .version(version)
    // Inherited by every command: how failures are printed has one home.
    .configureHelp(helpConfiguration)
    .exitOverride()
    .configureOutput({ outputError: () => undefined })
    .hook('preAction', (_, command) => {
      checkPaths(command);
    });
  program.commandsGroup('Pools:');
  addReadingCommands(program);
  addWritingCommands(program);
  addRecoverCommand(program);
  program.commandsGroup('Watching:');
  addWatchingCommands(program);
  program.commandsGroup('Daemon:');
  addDaemonCommands(program);
  addDoctorCommand(program);
  addDiagnoseCommand(program);
  program.commandsGroup('Addresses:');
  addIpCommands(program);
  program.commandsGroup('Setting up:').helpCommand('help [command]', 'Shows the help of a command.');
  addReadyCommand(program);
  addReportCommand(program);
  addDeprovisionCommand(program);
  addSetupCommand(program);
  addSimulateCommand(program);
  addCompletionCommand(program);
  addExamples(program);
  return program;
}

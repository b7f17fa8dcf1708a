import type { Command } from 'commander';
import {
  addPlaceOptions,
  type JsonOption,
  jsonOption,
  type PlaceOptions,
  settingsDespiteErrors,
  socketOption,
} from '../common-options.ts';

export function addDoctorCommand(program: Command): void {
  addPlaceOptions(program.command('doctor'))
    .description('Finds out why the host gets no data from this guest; exit status 1 if there is a problem.')
    .addOption(socketOption())
    .addOption(jsonOption())
    .action(async ({ json, ...options }: PlaceOptions & JsonOption) => {
      const { thisMachine } = await import('../../platform/machine.ts');
      const { standardOutput } = await import('../output.ts');
      const { doctor } = await import('./doctor.ts');
      const { settings, trouble: configurationTrouble } = await settingsDespiteErrors(options);
      const output = standardOutput(json);
      process.exitCode = await doctor({ machine: thisMachine, settings, configurationTrouble, output });
    });
}

import type { Command } from 'commander';
import { jsonOption, type JsonOption } from '../json-option.ts';
import { addPlaceOptions, type PlaceOptions, settingsDespiteErrors, socketOption } from '../place-options.ts';

interface DoctorOptions extends PlaceOptions, JsonOption {
  readonly socket?: string;
}

export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('Finds out why the host gets no data from this guest; exit status 1 if there is a problem.');
  addPlaceOptions(doctor)
    .addOption(socketOption())
    .addOption(jsonOption())
    .action(async ({ socket, ...options }: DoctorOptions) => {
      const { thisMachine } = await import('../../platform/machine.ts');
      const { standardOutput } = await import('../output.ts');
      const { doctor: examine } = await import('./doctor.ts');
      const { settings, trouble } = await settingsDespiteErrors(options);
      process.exitCode = await examine({
        machine: thisMachine,
        settings: { ...settings, controlSocket: socket ?? settings.controlSocket },
        configurationTrouble: trouble,
        output: standardOutput(options.json),
      });
    });
}

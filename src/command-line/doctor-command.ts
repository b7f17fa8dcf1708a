import type { Command } from 'commander';
import { jsonOption, type JsonOption } from './json-option.ts';
import { addPlaceOptions, type PlaceOptions, settingsOf } from './place-options.ts';

export function addDoctorCommand(program: Command): void {
  const doctor = program
    .command('doctor')
    .description('Finds out why the host sees nothing of this machine; the exit status is 1 if something is wrong.');
  addPlaceOptions(doctor)
    .addOption(jsonOption())
    .action(async (options: PlaceOptions & JsonOption) => {
      const { thisMachine } = await import('../platform/machine.ts');
      const { standardOutput } = await import('../commands/output.ts');
      const { doctor: examine } = await import('../commands/doctor.ts');
      const settings = await settingsOf(options);
      process.exitCode = await examine({ machine: thisMachine, settings, output: standardOutput(options.json) });
    });
}

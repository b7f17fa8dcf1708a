import type { Command } from 'commander';
import { jsonOption, type JsonOption } from '../json-option.ts';
import { addPlaceOptions, type PlaceOptions, settingsDespiteErrors, socketOption } from '../place-options.ts';

interface DiagnoseOptions extends PlaceOptions, JsonOption {
  readonly socket?: string;
}

export function addDiagnoseCommand(program: Command): void {
  const diagnose = program
    .command('diagnose')
    .description(
      'Writes one archive for a bug report: what doctor, status, config, info and ip show say, unit, journal, versions, and the network manager’s view; without keys and values. Prints what is in it.',
    )
    .argument('[file]', 'a new file (default: hyperv-kvp-TIME.tar.gz here)');
  addPlaceOptions(diagnose)
    .addOption(socketOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, { socket, json, ...options }: DiagnoseOptions) => {
      const { thisMachine } = await import('../../platform/machine.ts');
      const { standardOutput } = await import('../output.ts');
      const { diagnose: write } = await import('./diagnose.ts');
      const { settings, trouble } = await settingsDespiteErrors(options);
      const surroundings = {
        machine: thisMachine,
        settings: { ...settings, controlSocket: socket ?? settings.controlSocket },
        configurationTrouble: trouble,
      };
      await write(file ?? newName(new Date()), surroundings, standardOutput(json));
    });
}

function newName(now: Date): string {
  return `hyperv-kvp-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar.gz`;
}

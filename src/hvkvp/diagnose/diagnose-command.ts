import type { Command } from 'commander';
import {
  addPlaceOptions,
  type JsonOption,
  jsonOption,
  type PlaceOptions,
  settingsDespiteErrors,
  socketOption,
} from '../common-options.ts';

export function addDiagnoseCommand(program: Command): void {
  addPlaceOptions(program.command('diagnose'))
    .description(
      'Writes one archive for a bug report: what doctor, status, config, info and ip show say, unit, journal, versions, and the network manager’s view; without keys and values. Prints what is in it.',
    )
    .argument('[file]', 'a new file (default: hyperv-kvp-TIME.tar.gz here)')
    .addOption(socketOption())
    .addOption(jsonOption())
    .action(async (file: string | undefined, { json, ...options }: PlaceOptions & JsonOption) => {
      const { thisMachine } = await import('../../platform/machine.ts');
      const { standardOutput } = await import('../output.ts');
      const { diagnose } = await import('./diagnose.ts');
      const { settings, trouble: configurationTrouble } = await settingsDespiteErrors(options);
      const surroundings = { machine: thisMachine, settings, configurationTrouble };
      await diagnose(file ?? newName(new Date()), surroundings, standardOutput(json));
    });
}

function newName(now: Date): string {
  return `hyperv-kvp-${now.toISOString().replaceAll(/[-:]|\.\d+/g, '')}.tar.gz`;
}

import { type Command, Option } from 'commander';
import type { Settings } from '../configuration/settings.ts';
import { thisSystem } from '../platform/this-system.ts';

/** Where the daemon's things are. */
export interface PlaceOptions {
  readonly config?: string;
  readonly poolDir?: string;
  readonly stateDir?: string;
}

/** For commands that need the configuration only. */
export function configurationOption(): Option {
  return new Option('--config <file>', 'the configuration of the daemon (default: the system’s, if it exists)');
}

/** For commands that touch the pools; the daemon has the same options. */
export function addPlaceOptions(command: Command): Command {
  return command
    .addOption(configurationOption())
    .option('--pool-dir <dir>', 'where the pool files are (default: as configured)')
    .option('--state-dir <dir>', 'where the journals are (default: as configured)');
}

/** What the daemon works with if it is told the same. */
export async function settingsOf({ config, poolDir, stateDir }: PlaceOptions): Promise<Settings> {
  const { settle } = await import('../configuration/settings.ts');
  return await settle({ system: thisSystem, configuration: config, poolDirectory: poolDir, stateDirectory: stateDir });
}

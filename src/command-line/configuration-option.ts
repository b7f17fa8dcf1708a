import { Option } from 'commander';
import type { Settings } from '../configuration/settings.ts';
import { thisSystem } from '../platform/this-system.ts';

export interface ConfigurationOption {
  readonly config?: string;
}

export function configurationOption(): Option {
  return new Option('--config <file>', 'the configuration of the daemon (default: the system’s, if it exists)');
}

/** What the daemon of this configuration works with. */
export async function settingsOf({ config }: ConfigurationOption): Promise<Settings> {
  const { settle } = await import('../configuration/settings.ts');
  return await settle({ system: thisSystem, configuration: config });
}

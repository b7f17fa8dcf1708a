import { type Command, Option } from 'commander';
import { ConfigurationError } from '../configuration/configuration-error.ts';
import type { Settings } from '../configuration/settings.ts';
import type { System } from '../message/dialect.ts';
import { thisSystem } from '../platform/this-system.ts';
import { commonOptions } from './help.ts';

/** Where the daemon's things are. */
export interface PlaceOptions {
  readonly config?: string;
  readonly poolDir?: string;
  readonly stateDir?: string;
  readonly socket?: string;
  readonly platform?: System;
}

export interface JsonOption {
  readonly json?: true;
}

/** Every command that shows something has it. */
export function jsonOption(): Option {
  return new Option('--json', 'print JSON').helpGroup(commonOptions);
}

/** For commands that need the configuration only. */
export function configurationOption(): Option {
  return new Option(
    '--config <file>',
    'the configuration of the daemon (default: the system’s, if it exists)',
  ).helpGroup(commonOptions);
}

/** For commands that touch the pools; the daemon has the same options. */
export function addPlaceOptions(command: Command): Command {
  return command
    .addOption(configurationOption())
    .addOption(
      new Option('--pool-dir <dir>', 'where the pool files are (default: as configured)').helpGroup(commonOptions),
    )
    .addOption(
      new Option('--state-dir <dir>', 'where the journals are (default: as configured)').helpGroup(commonOptions),
    )
    .addOption(platformOption());
}

/** For commands that ask the daemon. */
export function socketOption(): Option {
  return new Option('--socket <path>', 'the control socket of the daemon (default: as configured)').helpGroup(
    commonOptions,
  );
}

/** For tests and Linux emulation, as the daemon has it: whose system to take this one for. */
export function platformOption(): Option {
  return new Option('--platform <system>').choices(['linux', 'freebsd']).hideHelp();
}

/** What a daemon with the same options works with. */
export async function settingsOf({ config, poolDir, stateDir, platform }: PlaceOptions): Promise<Settings> {
  const { loadSettings } = await import('../configuration/settings.ts');
  const system = platform ?? thisSystem;
  return await loadSettings({ system, configuration: config, poolDirectory: poolDir, stateDirectory: stateDir });
}

/**
 * The same, with the control socket that is given, where a configuration that cannot be used must not end the command: with the system's
 * defaults, and why; "" if all is well.
 */
export async function settingsDespiteErrors({
  socket,
  ...options
}: PlaceOptions): Promise<{ readonly settings: Settings; readonly trouble: string }> {
  const given = socket === undefined ? {} : { controlSocket: socket };
  try {
    return { settings: { ...(await settingsOf(options)), ...given }, trouble: '' };
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    // This is how a command line asks for the defaults.
    const defaults = await settingsOf({ ...options, config: '/dev/null' });
    return { settings: { ...defaults, ...given }, trouble: error.message };
  }
}

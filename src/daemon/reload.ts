import type { Settings } from '../configuration/settings.ts';
import { isExpected } from './expected-error.ts';
import type { Log } from '../log/log.ts';
import type { Supervisor } from './supervisor.ts';

export interface ReloadOptions {
  readonly read: () => Promise<Settings>;
  readonly current: () => Settings;
  /** Takes what is valid from now on. */
  readonly use: (settings: Settings) => void;
  readonly supervisor: Supervisor;
  readonly log: Log;
}

/** Reads the configuration anew at each SIGHUP. One that cannot be used changes nothing. */
export function reloadOnHangUp({ read, current, use, supervisor, log }: ReloadOptions): void {
  const reload = async (): Promise<void> => {
    supervisor.reloading();
    try {
      const { settings, kept } = reloaded(current(), await read());
      use(settings);
      log.notice('the configuration was read anew');
      if (kept.length > 0) log.warning(`only a restart changes ${kept.join(', ')}`);
    } catch (error) {
      if (!isExpected(error)) throw error;
      log.error('the configuration cannot be used, so all settings stay as they are:');
      for (const line of error.message.split('\n')) log.error(line);
    } finally {
      supervisor.reloaded();
    }
  };
  let work = Promise.resolve();
  let isDue = false;
  process.on('SIGHUP', () => {
    if (isDue) return;
    isDue = true;
    work = work.then(() => {
      isDue = false;
      return reload();
    });
  });
}

/** What a running daemon cannot change, by its keys in the configuration. */
const fixed: Readonly<Record<string, (settings: Settings) => unknown>> = {
  device: ({ device }) => device,
  'pools.directory': ({ pools }) => pools.directory,
  'pools.state_directory': ({ pools }) => pools.stateDirectory,
  // A journal that was made without syncing its folder cannot be trusted after a power failure.
  'pools.durability': ({ pools }) => pools.durability,
  'privileges.user': ({ privileges }) => privileges.user,
  'privileges.helper': ({ privileges }) => privileges.helper,
  'control.socket': ({ controlSocket }) => controlSocket,
  'metrics.port': ({ metricsPort }) => metricsPort,
};

/** The settings that are wanted, as far as a running daemon can have them, and the keys of those that stay as they are. */
export function reloaded(now: Settings, wanted: Settings): { settings: Settings; kept: readonly string[] } {
  const { directory, stateDirectory, durability } = now.pools;
  return {
    settings: {
      ...wanted,
      device: now.device,
      pools: { ...wanted.pools, directory, stateDirectory, durability },
      injection: { ...wanted.injection, stateDirectory },
      privileges: now.privileges,
      controlSocket: now.controlSocket,
      metricsPort: now.metricsPort,
    },
    kept: Object.entries(fixed)
      .filter(([, settingOf]) => settingOf(now) !== settingOf(wanted))
      .map(([key]) => key),
  };
}

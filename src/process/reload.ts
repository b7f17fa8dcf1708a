import { fixedKeys, valuesOf } from '../configuration/in-force.ts';
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
      log.notice('configuration reloaded');
      if (kept.length > 0) log.warning(`restart required to change ${kept.join(', ')}`);
    } catch (error) {
      if (!isExpected(error)) throw error;
      log.error('configuration not reloaded; the previous settings stay in force:');
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

/** The settings that are wanted, as far as a running daemon can have them, and the keys of those that stay as they are. */
export function reloaded(now: Settings, wanted: Settings): { settings: Settings; kept: readonly string[] } {
  const { directory, stateDirectory, durability } = now.pools;
  const [before, after] = [valuesOf(now), valuesOf(wanted)];
  const kept = fixedKeys.filter((key) => before[key] !== after[key]);
  const settings = {
    ...wanted,
    device: now.device,
    pools: { ...wanted.pools, directory, stateDirectory, durability },
    injection: { ...wanted.injection, stateDirectory },
    privileges: now.privileges,
    controlSocket: now.controlSocket,
    metricsPort: now.metricsPort,
    origin: { ...wanted.origin, first: now.origin.first, since: sinceWhen(now, after), kept },
  };
  return { settings, kept };
}

/** Of what is as it was before, and of what cannot change. */
function sinceWhen(now: Settings, after: ReturnType<typeof valuesOf>): Settings['origin']['since'] {
  const { since, latest } = now.origin;
  const same = Object.entries(valuesOf(now)).filter(
    ([key, value]) => fixedKeys.includes(key) || JSON.stringify(value) === JSON.stringify(after[key]),
  );
  return Object.fromEntries(same.map(([key]) => [key, since[key] ?? latest.readAt]));
}

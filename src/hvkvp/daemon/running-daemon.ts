import { parseArgs } from 'node:util';
import { ConfigurationError } from '../../configuration/configuration-error.ts';
import { type Settings, loadSettings } from '../../configuration/settings.ts';
import { askStatus, ControlError } from '../../control/client.ts';
import { isSystemError } from '../../device/system-error.ts';
import { hyperV, type RunningDaemon } from '../../platform/hyper-v.ts';
import { type Machine, readStatus } from '../../platform/machine.ts';
import { findUser } from '../../platform/users.ts';

/** A daemon that may write to the pools of these settings, in words; "" if none is found. */
export async function describeDaemon(settings: Settings, machine: Machine): Promise<string> {
  const seen = hyperV(settings.platform.system, machine);
  const { holders } = await seen.readHolders(settings.device);
  if (holders[0] !== undefined) return inWords(holders[0]);
  // Also with another device, and before it has one.
  for (const daemon of await seen.readDaemons()) {
    if (mayBeOurs(daemon, settings) && (await serves(daemon, settings, machine))) return inWords(daemon);
  }
  return await describeListener(settings.controlSocket);
}

function inWords({ pid, name }: Pick<RunningDaemon, 'pid' | 'name'>): string {
  return `process ${pid} (${name})`;
}

/** Anybody may give a process the name; only one of root, of the daemon's user or of whoever asks may write to the pools. */
function mayBeOurs({ uid }: RunningDaemon, { privileges: { user } }: Settings): boolean {
  const own = user === '' ? undefined : findUser(user)?.uid;
  return Number.isNaN(uid) || [0, own, process.geteuid?.()].includes(uid);
}

/** Whether a daemon works with the pools of these settings, or might: what it was started with need not be there for us. */
async function serves({ words }: RunningDaemon, { platform, pools }: Settings, machine: Machine): Promise<boolean> {
  const options = { config: { type: 'string' }, 'pool-dir': { type: 'string' } } as const;
  const { values } = parseArgs({ args: [...words], options, strict: false });
  const { config, 'pool-dir': named } = values;
  if (typeof named === 'string') return isSameFolder(named, pools.directory, machine);
  try {
    const configuration = typeof config === 'string' ? config : undefined;
    const configured = await loadSettings({ system: platform.system, configuration });
    return isSameFolder(configured.pools.directory, pools.directory, machine);
  } catch (error) {
    if (!(error instanceof ConfigurationError || isSystemError(error))) throw error;
    return true;
  }
}

function isSameFolder(path: string, other: string, machine: Machine): boolean {
  if (path === other || !path.startsWith('/')) return true;
  const [one, two] = [readStatus(machine, path), readStatus(machine, other)];
  return one !== undefined && one.ino === two?.ino && one.dev === two.dev;
}

/** Whoever listens where a daemon of this configuration would. */
async function describeListener(controlSocket: string): Promise<string> {
  if (controlSocket === '') return '';
  try {
    return inWords({ pid: (await askStatus({ path: controlSocket })).pid, name: 'hv_kvp_daemon' });
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return error.trouble === 'no-daemon' ? '' : 'a process that listens at the control socket';
  }
}

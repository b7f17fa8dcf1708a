import type { Adapter } from '../../../platform/adapter.ts';
import { type Machine, readBytes } from '../../../platform/machine.ts';
import type { Impossible } from '../../plan.ts';
import { coverageOf } from './coverage.ts';
import { isMadeUp } from './made-up.ts';
import { isIfcfg, isIfcfgFor } from './ifcfg-profile.ts';
import { editSection, readSection } from './keyfile-text.ts';
import { boundTo, copyFor, highestPriority, newProfile, ownPath, profileUuid } from './own-profile.ts';
import type { Device, Profile } from './profiles.ts';

/** The profile that is to have the addresses, as it is without them. */
export interface Chosen {
  readonly uuid: string;
  /** Where it is to be. */
  readonly path: string;
  readonly text: string;
}

/** The adapter's own profile as it is, a copy of it for this adapter alone, or a new one; `kept` has what another program has set. */
export function chooseProfile(
  device: Device,
  profiles: readonly Profile[],
  adapter: Adapter,
  machine: Machine,
  kept?: string,
): Chosen | Impossible {
  const profile = activeOrNext(device, profiles, adapter, machine);
  const own = { uuid: profileUuid(adapter.mac), path: ownPath(adapter) };
  if (profile === undefined) {
    if (adapter.guid === undefined) return { impossible: 'NetworkManager has no profile for it' };
    return { ...own, text: kept === undefined ? newProfile(adapter) : copyFor(adapter, kept) };
  }
  const text = isKeyfile(profile.path) || isIfcfg(profile.path) ? readBytes(machine, profile.path) : undefined;
  if (text === undefined) return { impossible: `its profile ${profile.uuid} is not in a keyfile (${profile.path})` };
  if (isIfcfg(profile.path)) return { uuid: profile.uuid, path: profile.path, text };
  const connection = readSection(text, 'connection');
  const portOf = connection.get('port-type') ?? connection.get('slave-type') ?? 'none';
  if (!['none', 'vrf'].includes(portOf)) return { impossible: `its profile makes it a port of a ${portOf}` };
  if (isWrittenAgain(profile.path, text) || isForSeveral(text, adapter)) {
    return { ...own, text: copyFor(adapter, isMadeUp(text) ? (kept ?? text) : text) };
  }
  const others = profiles.filter((other) => other !== profile && isCandidate(other, adapter, machine));
  const edited = winning(boundTo(adapter, text), profile, others);
  if (profile.path.startsWith(lasting)) return { uuid: profile.uuid, path: profile.path, text: edited };
  // As NetworkManager does it: a file in /etc with the same UUID goes before one that came with a package.
  return {
    uuid: profile.uuid,
    path: ownPath(adapter),
    text: editSection(edited, 'connection', [['uuid', profile.uuid]], () => false),
  };
}

/** What another program has set, as NetworkManager puts it: undefined where nothing is. */
export function textOfMadeUp(device: Device, profiles: readonly Profile[], machine: Machine): string | undefined {
  const uuid = device.madeUp ?? device.uuid;
  const path = profiles.find((profile) => profile.uuid === uuid)?.path;
  const text = path === undefined || !isKeyfile(path) ? undefined : readBytes(machine, path);
  return text !== undefined && isMadeUp(text) ? text : undefined;
}

/** Other plugins have files of other forms, such as ifcfg-eth0. */
function isKeyfile(path: string): boolean {
  return /\/NetworkManager\/system-connections\/[^/]+$/.test(path);
}

/** The profile that is active, or else the one that NetworkManager will activate once it can. */
export function activeOrNext(
  device: Device,
  profiles: readonly Profile[],
  adapter: Adapter,
  machine: Machine,
): Profile | undefined {
  if (device.uuid !== undefined) return profiles.find(({ uuid }) => uuid === device.uuid);
  return profiles
    .filter((profile) => isCandidate(profile, adapter, machine))
    .sort((one, other) => other.priority - one.priority || other.timestamp - one.timestamp)[0];
}

/** Whether NetworkManager would activate it for the adapter by itself. */
function isCandidate(profile: Profile, adapter: Adapter, machine: Machine): boolean {
  const { type, autoconnects, devices, path } = profile;
  if (type !== '802-3-ethernet' || !autoconnects) return false;
  const text = readBytes(machine, path);
  if (text === undefined) return false;
  if (isIfcfg(path)) return isIfcfgFor(text, adapter) && devices.every((name) => name === adapter.name);
  if (coverageOf(text, adapter) === 'not') return false;
  return devices.every((name) => name === adapter.name) || isMultiple(text);
}

const lasting = '/etc/';

/** Of this boot only, as netplan and an initrd write them; or by cloud-init, which may write it again at each boot. */
function isWrittenAgain(path: string, text: string): boolean {
  return path.startsWith('/run/') || /\/cloud-init-[^/]*$/.test(path) || /^#.*cloud-init/im.test(text);
}

/** Whether other adapters have the profile at the same time. One that is bound to none may only have one adapter. */
function isForSeveral(text: string, adapter: Adapter): boolean {
  return coverageOf(text, adapter) !== 'alone' && isMultiple(text);
}

/** NM_CONNECTION_MULTI_CONNECT_MANUAL_MULTIPLE and MULTIPLE. */
function isMultiple(text: string): boolean {
  return ['2', '3'].includes(readSection(text, 'connection').get('multi-connect') ?? '');
}

/** With what has NetworkManager take this profile also at the next boot: that it does it by itself, and a priority. */
function winning(text: string, profile: Profile, others: readonly Profile[]): string {
  const started = profile.autoconnects ? text : editSection(text, 'connection', [], (key) => key === 'autoconnect');
  if (others.every(({ priority }) => profile.priority > priority) || profile.priority === highestPriority) {
    return started;
  }
  return editSection(started, 'connection', [['autoconnect-priority', `${highestPriority}`]], () => false);
}

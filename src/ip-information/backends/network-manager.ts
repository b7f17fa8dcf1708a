import type { Adapter } from '../../platform/adapter.ts';
import { listFolder, type Machine, readBytes } from '../../platform/machine.ts';
import { isRunning } from '../../platform/processes.ts';
import { type BackEnd, type Command, fileModes, type Impossible, type Plan } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { withIpSettings } from './network-manager/ip-settings.ts';
import { activeOrNext, chooseProfile, type Chosen, textOfMadeUp } from './network-manager/choose-profile.ts';
import { type Foreign, readForeign } from './foreign.ts';
import { ifcfgWith, isIfcfg } from './network-manager/ifcfg-profile.ts';
import { withoutMark } from './network-manager/made-up.ts';
import { type Device, type Profile, readDevice, readProfiles, states } from './network-manager/profiles.ts';

/** NetworkManager: the addresses of the adapter's profile, in whose place goes a copy where it is not for this adapter alone. */
export const networkManager: BackEnd = {
  name: 'network-manager',
  async manages(machine, adapter) {
    if (!isRunning(machine, 'NetworkManager')) return false;
    const device = await readDevice(machine, adapter.name);
    if (device === undefined || device.state < states.unavailable) return false;
    return activeOrNext(device, await readProfiles(machine), adapter, machine) !== undefined;
  },
  canAdopt: async (machine, adapter) => adapter.guid !== undefined && (await isReady(machine, adapter)),
  isReady,
  async plan(proposal, machine) {
    const device = await readDevice(machine, proposal.adapter.name);
    if (device === undefined) return { impossible: 'NetworkManager does not answer for it' };
    const profiles = await readProfiles(machine);
    const { adapter } = proposal;
    const others = await readOthers(device, profiles, adapter, machine);
    const chosen = chooseProfile(device, profiles, adapter, machine, others?.profile);
    if ('impossible' in chosen) return chosen;
    const plan = planOf(chosen, device, proposal, machine);
    return 'impossible' in plan || others === undefined
      ? plan
      : { ...plan, undo: undoOfForeign(chosen, others.foreign) };
  },
};

/** What another program has set, and a profile that has it and stays; undefined where nothing is. */
async function readOthers(
  device: Device,
  profiles: readonly Profile[],
  adapter: Adapter,
  machine: Machine,
): Promise<{ readonly foreign: Foreign; readonly profile: string } | undefined> {
  const madeUp = textOfMadeUp(device, profiles, machine);
  if (madeUp === undefined) return undefined;
  const foreign = await readForeign(machine, adapter.name);
  return { foreign, profile: withoutMark(madeUp, foreign) };
}

/** Asked while it is down, nmcli(1) would have it started again and again. */
async function isReady(machine: Machine, { name }: Adapter): Promise<boolean> {
  if (!isRunning(machine, 'NetworkManager')) return false;
  const device = await readDevice(machine, name);
  return device !== undefined && device.state >= states.unavailable;
}

function planOf(chosen: Chosen, device: Device, proposal: Proposal, machine: Machine): Plan | Impossible {
  const { adapter } = proposal;
  const { path, uuid } = chosen;
  const isOld = isIfcfg(path);
  const text = isOld ? ifcfgWith(chosen.text, proposal, machine) : withIpSettings(chosen.text, proposal);
  if (typeof text !== 'string') return text;
  const isThere = readBytes(machine, path) !== undefined;
  // When asked to load a file that is gone, NetworkManager forgets its profile, and says so.
  const reload: Command = { ...load(path), judgedBy: isThere ? 'errors' : 'nothing' };
  return {
    before: [],
    files: [{ path, text, mode: isOld ? fileModes.public : fileModes.private }],
    commands: [load(path), ...applied(uuid, device, adapter, machine, patience(proposal))],
    undo: {
      before: [],
      commands: [
        reload,
        ...(device.uuid === undefined ? [] : applied(device.uuid, { ...device, uuid }, adapter, machine)),
      ],
    },
  };
}

/** What NetworkManager had not set is gone with the profile that it made up: it comes back once NetworkManager has let go. */
function undoOfForeign({ uuid, path }: Chosen, { commands }: Foreign): Plan['undo'] {
  return {
    before: [{ program: 'nmcli', args: ['connection', 'down', 'uuid', uuid], judgedBy: 'nothing' }],
    commands: [{ ...load(path), judgedBy: 'nothing' }, ...commands],
  };
}

/** nmcli(1) ends with status 0 also for a file that was refused. */
function load(path: string): Command {
  return { program: 'nmcli', args: ['connection', 'load', path], judgedBy: 'errors' };
}

/**
 * Options for nmcli(1). Where addresses are removed only, what is left may wait for a router that does not exist: the activation is not
 * waited for.
 */
export function patience({ families, addresses, dhcp }: Proposal): readonly string[] {
  return families.length > 0 && addresses.length === 0 && !dhcp ? ['--wait', '0'] : [];
}

/**
 * What makes NetworkManager use a profile. Without carrier it waits until there is one. To activate the profile of a bridge once
 * more takes its ports away, and that of a parent what stands on it: they are changed by the difference only.
 */
function applied(
  uuid: string,
  device: Device,
  { name }: Adapter,
  machine: Machine,
  options: readonly string[] = [],
): readonly Command[] {
  if (device.state < states.disconnected) return [];
  return uuid === device.uuid && hasCompany(machine, name)
    ? [{ program: 'nmcli', args: [...options, 'device', 'reapply', name] }]
    : [{ program: 'nmcli', args: [...options, 'connection', 'up', 'uuid', uuid, 'ifname', name] }];
}

/** Whether there are ports of the adapter, or interfaces that stand on it. */
function hasCompany(machine: Machine, name: string): boolean {
  return listFolder(machine, `/sys/class/net/${name}`).some((entry) => /^(?:lower|upper)_/.test(entry));
}

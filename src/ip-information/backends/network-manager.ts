import type { Adapter } from '../../platform/adapter.ts';
import type { Machine } from '../../platform/machine.ts';
import { readInterfaceIndex } from '../../platform/network-managers/interface-index.ts';
import { isRunning } from '../../platform/processes.ts';
import { readSections } from '../../platform/sections.ts';
import { type BackEnd, type Command, fileModes } from '../plan.ts';
import { keyfile, profileUuid } from './keyfile.ts';

const runtimeFolder = '/run/NetworkManager';
const profileFolder = '/etc/NetworkManager/system-connections';

/** NetworkManager: a profile of ours, which is activated. */
export const networkManager: BackEnd = {
  name: 'network-manager',
  manages: hasDevice,
  isReady,
  plan(proposal, machine) {
    const { name } = proposal.adapter;
    const uuid = profileUuid(name);
    const path = profilePath(name);
    const former = deviceState(machine, name)?.get('device.connection-uuid');
    const isOurs = former === undefined || former === uuid;
    return {
      before: [],
      files: [{ path, text: keyfile(proposal), mode: fileModes.private }],
      commands: [load(path), activate(uuid, name)],
      undo: {
        before: [],
        // Reloads all: a profile whose file is gone cannot be loaded.
        commands: [{ program: 'nmcli', args: ['connection', 'reload'] }, activate(isOurs ? uuid : former, name)],
      },
    };
  },
};

/** Whether NetworkManager has an adapter, or had it until it was stopped: the file stays. */
export function hasDevice(machine: Machine, { name }: Adapter): boolean {
  return deviceState(machine, name)?.get('device.managed') === 'true';
}

/** NM_DEVICE_STATE_DISCONNECTED: from here on a profile can be activated. */
const leastReadyState = 30;

/** Whether it can activate a profile. Asked while it is down, nmcli(1) would have it started again and again. */
async function isReady(machine: Machine, { name }: Adapter): Promise<boolean> {
  if (!isRunning(machine, 'NetworkManager')) return false;
  const { output } = await machine.run('nmcli', ['--get-values', 'GENERAL.STATE', 'device', 'show', name]);
  return Number.parseInt(output) >= leastReadyState;
}

/** Where our profile for an adapter is. */
export function profilePath(adapter: string): string {
  return `${profileFolder}/hyperv-kvp-${adapter}.nmconnection`;
}

/** nmcli(1) ends with status 0 also for a file that was refused. */
function load(path: string): Command {
  return { program: 'nmcli', args: ['connection', 'load', path], judgedBy: 'errors' };
}

function activate(uuid: string, adapter: string): Command {
  return { program: 'nmcli', args: ['connection', 'up', 'uuid', uuid, 'ifname', adapter] };
}

function deviceState(machine: Machine, adapter: string): ReadonlyMap<string, string> | undefined {
  return readSections(machine, `${runtimeFolder}/devices/${readInterfaceIndex(machine, adapter)}`);
}

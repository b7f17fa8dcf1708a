import { listFolder, type Machine } from '../../platform/machine.ts';
import { readInterfaceIndex } from '../../platform/network-managers/interface-index.ts';
import { readSections } from '../../platform/sections.ts';
import { type BackEnd, type Command, fileModes } from '../plan.ts';
import { keyfile, profileUuid } from './keyfile.ts';

const runtimeFolder = '/run/NetworkManager';
const profileFolder = '/etc/NetworkManager/system-connections';

/** NetworkManager: a profile of ours, which is activated. */
export const networkManager: BackEnd = {
  name: 'network-manager',
  manages: (machine, { name }) => deviceState(machine, name)?.get('device.managed') === 'true',
  isRunning: (machine) => listFolder(machine, runtimeFolder).length > 0,
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

import { listFolder, type Machine } from '../machine.ts';
import { readSections, type Sections } from '../sections.ts';
import { readInterfaceIndex } from './interface-index.ts';

/** Where NetworkManager's profiles live. */
const profileFolders = ['/run', '/etc', '/usr/lib'].map((parent) => `${parent}/NetworkManager/system-connections`);

/**
 * Whether NetworkManager has the adapter use DHCP; undefined if it does not manage it, or by a profile of another format,
 * or one that we cannot read.
 */
export function networkManagerUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const index = readInterfaceIndex(machine, adapter);
  const uuid = readSections(machine, `/run/NetworkManager/devices/${index}`)?.get('device.connection-uuid');
  if (uuid === undefined) return undefined;
  const profile = readProfiles(machine).find((settings) => settings.get('connection.uuid') === uuid);
  return profile === undefined ? undefined : profile.get('ipv4.method') === 'auto';
}

function readProfiles(machine: Machine): readonly Sections[] {
  return profileFolders.flatMap((folder) =>
    listFolder(machine, folder).flatMap((file) => readSections(machine, `${folder}/${file}`) ?? []),
  );
}

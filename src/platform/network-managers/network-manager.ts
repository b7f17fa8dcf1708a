import { readAddresses } from '../addresses.ts';
import { listFolder, type Machine } from '../machine.ts';
import { isRunning } from '../processes.ts';
import { parseNameServers } from '../resolver-configuration.ts';
import { readSections, type Sections } from '../sections.ts';
import { readInterfaceIndex } from './interface-index.ts';
import { newHash } from '../new-hash.ts';

/** Where NetworkManager's profiles are; of several with the same UUID, the one in the first of these is used. */
const profileFolders = ['/run', '/etc', '/usr/lib'].map((parent) => `${parent}/NetworkManager/system-connections`);
const deviceFolder = '/run/NetworkManager/devices';

/**
 * Whether NetworkManager has the adapter use DHCP: by its profile, or else by its lease. Undefined if it does not have the adapter,
 * or by a profile of another format, or one that we cannot read. Its files stay when it is stopped.
 */
export function networkManagerUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  const device = readSections(machine, `${deviceFolder}/${readInterfaceIndex(machine, adapter)}`);
  const uuid = device?.get('device.connection-uuid');
  if (device === undefined || uuid === undefined || !isRunning(machine, 'NetworkManager')) return undefined;
  const profile = readProfile(machine, uuid);
  if (profile !== undefined && profile.get('.nmmeta.nm-generated') !== 'true') {
    // What a profile without the section has.
    return (profile.get('ipv4.method') ?? 'auto') === 'auto';
  }
  const leased = device.get('dhcp4.dhcp4.ip_address');
  return readAddresses(machine).some((own) => own.adapter === adapter && own.address === leased) || undefined;
}

function readProfile(machine: Machine, uuid: string): Sections | undefined {
  for (const folder of profileFolders) {
    for (const path of listFolder(machine, folder).map((file) => `${folder}/${file}`)) {
      const profile = readSections(machine, path);
      if (profile !== undefined && (profile.get('connection.uuid') ?? uuidOf(path)) === uuid) return profile;
    }
  }
  return undefined;
}

/** NetworkManager's namespace for the UUIDs that it makes. */
const namespace = Buffer.from('b425e9fb759844b49e3b5a2e3aaa4905', 'hex');

/** The UUID that NetworkManager gives to a keyfile that has none: of version 3, from its path. */
function uuidOf(path: string): string {
  const digest = newHash('md5').update(namespace).update(`keyfile\0${path}\0`).digest();
  const version = 0x30;
  const variant = 0x80;
  digest[6] = ((digest[6] ?? 0) & 0x0f) | version;
  digest[8] = ((digest[8] ?? 0) & 0x3f) | variant;
  return digest.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

/**
 * The servers that NetworkManager has for the adapter, whether or not anything asks them. Where it has no other adapter they are
 * all that it has, and it is not asked: none.
 */
export async function networkManagerNameServers(machine: Machine, adapter: string): Promise<readonly string[]> {
  const configured = listFolder(machine, deviceFolder).filter(
    (index) => index !== loopback && readSections(machine, `${deviceFolder}/${index}`)?.has('device.connection-uuid'),
  );
  const isAmongThem = configured.includes(readInterfaceIndex(machine, adapter));
  if (configured.length < 2 || !isAmongThem || !isRunning(machine, 'NetworkManager')) return [];
  const { output } = await machine.run('nmcli', ['--get-values', 'IP4.DNS,IP6.DNS', 'device', 'show', adapter]);
  // It escapes the ":" of IPv6 addresses.
  return parseNameServers(
    output
      .replaceAll('\\:', ':')
      .split(/[\n|]/)
      .map((server) => server.trim()),
  );
}

/** The kernel's number of lo. */
const loopback = '1';

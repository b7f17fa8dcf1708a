import type { Adapter } from '../../../platform/adapter.ts';
import type { Machine } from '../../../platform/machine.ts';
import { readInterfaceIndex } from '../../../platform/network-managers/interface-index.ts';
import { networkFileOf } from '../../../platform/network-managers/networkd-definition.ts';
import { isRunning } from '../../../platform/processes.ts';
import { readSections } from '../../../platform/sections.ts';
import { readDevice, timeoutMs } from '../network-manager/profiles.ts';

/** Who does netplan's work for an adapter, and by which of its ids. */
export type Rendered =
  | { readonly by: 'networkd'; readonly id: string }
  | { readonly by: 'network-manager'; readonly id: string; readonly uuid: string };

/** Whose file it is that the network manager applies to an adapter; undefined if it is none of netplan's. */
export async function renderedOf(machine: Machine, adapter: Adapter): Promise<Rendered | undefined> {
  if (isRunning(machine, 'systemd-networkd')) {
    const [, id] =
      /^\/run\/systemd\/network\/10-netplan-(.+)\.network$/.exec(networkFileOf(machine, adapter.name) ?? '') ?? [];
    if (id !== undefined) return { by: 'networkd', id };
  }
  if (!isRunning(machine, 'NetworkManager')) return undefined;
  return await profileOf(machine, adapter);
}

/** NetworkManager names the profile by its UUID, which netplan's files mostly have not got. */
async function profileOf(machine: Machine, { name }: Adapter): Promise<Rendered | undefined> {
  const state = readSections(machine, `/run/NetworkManager/devices/${readInterfaceIndex(machine, name)}`);
  // Its state is written some time after it has begun to activate a profile.
  const active = state?.get('device.managed') === 'true' ? state.get('device.connection-uuid') : undefined;
  const uuid = active ?? (await readDevice(machine, name))?.uuid;
  if (uuid === undefined) return undefined;
  const words = ['--terse', '--escape', 'no', '--fields', 'UUID,FILENAME', 'connection', 'show'];
  const { output } = await machine.run('nmcli', words, { timeoutMs });
  const line = output.split('\n').find((own) => own.startsWith(`${uuid}:`));
  const [, id] = /\/run\/NetworkManager\/system-connections\/netplan-(.+)\.nmconnection$/.exec(line ?? '') ?? [];
  return id === undefined ? undefined : { by: 'network-manager', id: decoded(id), uuid };
}

/** Netplan escapes an id as in a URI. */
function decoded(id: string): string {
  return id.replace(/%([\dA-F]{2})/gi, (_, digits: string) => String.fromCharCode(Number(`0x${digits}`)));
}

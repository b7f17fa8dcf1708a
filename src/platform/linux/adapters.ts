import type { Adapter } from '../adapter.ts';
import { listFolder, type Machine, readText } from '../machine.ts';

const folder = '/sys/class/net';

/** ARPHRD_LOOPBACK in <net/if_arp.h>. */
const loopbackType = '772';

/** All interfaces in /sys with a MAC address, up or down. */
export function readAdapters(machine: Machine): readonly Adapter[] {
  return listFolder(machine, folder).flatMap((name) => {
    const attribute = (path: string) => readText(machine, `${folder}/${name}/${path}`)?.trim().toLowerCase();
    const mac = attribute('address') ?? '';
    if (mac === '' || attribute('type') === loopbackType) return [];
    return { name, mac, guid: attribute('device/device_id')?.replace(/[{}]/g, '') };
  });
}

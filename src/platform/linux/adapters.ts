import type { Adapter } from '../adapter.ts';
import { listFolder, type Machine, readText } from '../machine.ts';

const folder = '/sys/class/net';

/** ARPHRD_LOOPBACK in <net/if_arp.h>. */
const loopbackType = '772';
/** The loopback's MAC address, and that of some interfaces without hardware. */
const noMac = '00:00:00:00:00:00';

/** All interfaces in /sys with a MAC address, up or down. A machine may have hundreds: of each no file is read in vain. */
export function readAdapters(machine: Machine): readonly Adapter[] {
  return listFolder(machine, folder).flatMap((name) => {
    const attribute = (path: string) => readText(machine, `${folder}/${name}/${path}`)?.trim().toLowerCase();
    const mac = attribute('address') ?? '';
    if (mac === '' || (mac === noMac && attribute('type') === loopbackType)) return [];
    return {
      name,
      mac,
      get guid() {
        return attribute('device/device_id')?.replace(/[{}]/g, '');
      },
    };
  });
}

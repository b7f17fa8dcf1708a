import { existsBelow, type Machine, readText } from '../machine.ts';
import type { SystemUuid } from '../system-uuid.ts';

/** What the firmware says; root may read it. */
export function readSystemUuid(machine: Machine): SystemUuid {
  return {
    uuid: readText(machine, '/sys/class/dmi/id/product_uuid')?.trim().toLowerCase() ?? '',
    isUefi: existsBelow(machine, '/sys/firmware/efi'),
  };
}

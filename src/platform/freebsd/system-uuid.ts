import { ask } from '../ask.ts';
import { existsBelow, type Machine } from '../machine.ts';
import type { SystemUuid } from '../system-uuid.ts';

/** What the loader has from the firmware. */
export async function readSystemUuid(machine: Machine): Promise<SystemUuid> {
  const { output } = await ask(machine, 'kenv', ['-q', 'smbios.system.uuid']);
  return { uuid: output.trim().toLowerCase(), isUefi: existsBelow(machine, '/dev/efi') };
}

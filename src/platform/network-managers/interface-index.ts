import { type Machine, readText } from '../machine.ts';

/** The kernel's number of an interface, after which network managers name their files; "" once it is gone. */
export function readInterfaceIndex(machine: Machine, adapter: string): string {
  return readText(machine, `/sys/class/net/${adapter}/ifindex`)?.trim() ?? '';
}

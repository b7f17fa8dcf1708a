import type { Awaitable } from '../message/awaitable.ts';
import type { System } from '../message/dialect.ts';
import { readSystemUuid as readFreebsd } from './freebsd/system-uuid.ts';
import { readSystemUuid as readLinux } from './linux/system-uuid.ts';
import type { Machine } from './machine.ts';

/** The machine's identity in its firmware. */
export interface SystemUuid {
  /** In lower case; "" if it cannot be read. */
  readonly uuid: string;
  /** Whether the firmware is UEFI, as in virtual machines of generation 2. */
  readonly isUefi: boolean;
}

export function readSystemUuid(system: System, machine: Machine): Awaitable<SystemUuid> {
  return system === 'linux' ? readLinux(machine) : readFreebsd(machine);
}

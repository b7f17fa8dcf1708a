import { readAddresses } from '../addresses.ts';
import { type Machine, readBytes } from '../machine.ts';

/** The last reply of the server, as RFC 2131 has it: the address that it gives is in these bytes. */
const yourAddress = { start: 16, end: 20 };

/**
 * Whether the adapter has the address of the lease that dhcpcd(8) keeps of it. Never false, since another client may be at work. A
 * lease for ever, as Azure gives it, has no lifetime by which the kernel would know it.
 */
export function hasDhcpcdLease(machine: Machine, adapter: string): true | undefined {
  const leased = leasePaths(adapter).flatMap((path) => addressIn(readBytes(machine, path) ?? '') ?? []);
  const isInUse = readAddresses(machine).some((own) => own.adapter === adapter && leased.includes(own.address));
  return isInUse || undefined;
}

/** Of dhcpcd 7 and later, and of earlier ones. */
function leasePaths(adapter: string): readonly string[] {
  return [
    `/var/lib/dhcpcd/${adapter}.lease`,
    `/var/lib/dhcpcd/dhcpcd-${adapter}.lease`,
    `/var/lib/dhcpcd5/dhcpcd-${adapter}.lease`,
    `/var/db/dhcpcd/${adapter}.lease`,
  ];
}

function addressIn(lease: string): string | undefined {
  const { start, end } = yourAddress;
  return lease.length < end ? undefined : Array.from(Buffer.from(lease.slice(start, end), 'latin1')).join('.');
}

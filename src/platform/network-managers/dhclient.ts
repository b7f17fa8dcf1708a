import { readAddresses } from '../addresses.ts';
import { type Machine, readText } from '../machine.ts';

/**
 * Whether the adapter has the address of the last lease in one of the files that dhclient(8) keeps: a lease alone says nothing,
 * for its file outlives a change to a static address. Never false, since another client may be at work.
 */
export function hasDhclientLease(machine: Machine, adapter: string, paths: readonly string[]): true | undefined {
  const leased = paths.flatMap((path) => lastLeasedAddress(readText(machine, path) ?? '', adapter) ?? []);
  if (leased.length === 0) return undefined;
  const isInUse = readAddresses(machine).some((own) => own.adapter === adapter && leased.includes(own.address));
  return isInUse || undefined;
}

function lastLeasedAddress(leases: string, adapter: string): string | undefined {
  const ofAdapter = Array.from(leases.matchAll(/^lease6?\s*\{([^}]*)\}/gm), ([, lease = '']) => lease).filter(
    (lease) => /^\s*interface\s+"([^"]*)"/m.exec(lease)?.[1] === adapter,
  );
  return /^\s*fixed-address\s+([\d.]+)\s*;/m.exec(ofAdapter.at(-1) ?? '')?.[1];
}

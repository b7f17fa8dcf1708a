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

/** Of the last lease of an adapter in a file of dhclient(8). */
export function lastLeasedAddress(leases: string, adapter: string): string | undefined {
  const ofAdapter = leases
    .split(/^(?=lease6?\b)/m)
    .map((block) => (block.includes('}') ? block.slice(0, block.indexOf('}')) : ''))
    .filter((lease) => /^lease6?[ \t]*\{/.test(lease) && statement(lease, /^interface[ \t]+"([^"]*)"/) === adapter);
  return statement(ofAdapter.at(-1) ?? '', /^fixed-address[ \t]+([\d.]+)[ \t]*;/);
}

/** What the first line of a form says. */
function statement(lease: string, form: RegExp): string | undefined {
  const lines = lease.split(/[\n{]/).map((line) => form.exec(line.trim())?.[1]);
  return lines.find((found) => found !== undefined);
}

import type { Adapter, AdapterAddress } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';

/**
 * The adapter with that MAC address (any case, with ":" or "-"), GUID (any case, with or without braces) or exact name.
 * Where several have the MAC address, as a virtual function and the synthetic adapter above it or a bridge and its port, the one
 * with addresses is meant, and among such the synthetic one.
 */
export function findAdapter(
  adapters: readonly Adapter[],
  addresses: readonly AdapterAddress[],
  adapterId: string,
): Adapter | undefined {
  const found = adapters.filter(matcher(adapterId));
  const inUse = found.filter(({ name }) => addresses.some((own) => own.adapter === name && !isLinkLocal(own.address)));
  const candidates = inUse.length > 0 ? inUse : found;
  return candidates.find(({ guid }) => guid !== undefined) ?? candidates[0];
}

const macForm = /^[\da-f]{2}([:-][\da-f]{2}){5}$/;
const guidForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** That of interfaces without hardware. */
const noMac = '00:00:00:00:00:00';

function matcher(adapterId: string): (adapter: Adapter) => boolean {
  const id = adapterId.toLowerCase();
  const mac = id.replaceAll('-', ':');
  if (macForm.test(id)) return (adapter) => adapter.mac === mac && mac !== noMac;
  const guid = guidOf(adapterId);
  if (guid !== undefined) return (adapter) => adapter.guid === guid;
  return (adapter) => adapter.name === adapterId;
}

/** An id as {@link Adapter.guid} has it, if it has the form of a GUID: any case, with or without braces. */
export function guidOf(adapterId: string): string | undefined {
  const guid = adapterId.toLowerCase().replace(/^\{(.*)\}$/, '$1');
  return guidForm.test(guid) ? guid : undefined;
}

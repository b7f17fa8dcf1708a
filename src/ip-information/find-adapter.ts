import type { Adapter, AdapterAddress } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';

/**
 * The adapter with that MAC address (any case, with ":" or "-"), GUID (any case, with or without braces) or exact name.
 * Where several have the MAC address, as a virtual function and the synthetic adapter above it, the one in use is meant.
 */
export function findAdapter(
  adapters: readonly Adapter[],
  addresses: readonly AdapterAddress[],
  adapterId: string,
): Adapter | undefined {
  const matches = matcher(adapterId);
  return adapters.filter(matches).sort((one, other) => useOf(other, addresses) - useOf(one, addresses))[0];
}

const macForm = /^[\da-f]{2}([:-][\da-f]{2}){5}$/i;
const guidForm = /^(\{?)([\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12})(\}?)$/i;
/** Of interfaces without hardware. */
const noMac = '00:00:00:00:00:00';

function matcher(adapterId: string): (adapter: Adapter) => boolean {
  if (macForm.test(adapterId)) {
    const mac = adapterId.toLowerCase().replaceAll('-', ':');
    return (adapter) => adapter.mac === mac && mac !== noMac;
  }
  const [, open = '', guid, close = ''] = guidForm.exec(adapterId) ?? [];
  if (guid !== undefined) return (adapter) => adapter.guid === guid.toLowerCase() && open.length === close.length;
  return (adapter) => adapter.name === adapterId;
}

/** How much an adapter looks like the one that carries its MAC address's traffic. */
function useOf(adapter: Adapter, addresses: readonly AdapterAddress[]): number {
  const own = addresses.filter(({ adapter: name }) => name === adapter.name);
  const hasReachable = own.some(({ address }) => !isLinkLocal(address));
  const isSynthetic = adapter.guid !== undefined;
  return Number(hasReachable) * 2 + Number(isSynthetic);
}

import type { Adapter, AdapterAddress, Network } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';

/** Where an adapter is looked for. */
export interface Surroundings {
  readonly addresses: readonly Pick<AdapterAddress, 'adapter' | 'address'>[];
  readonly links: readonly Pick<Network['links'][number], 'name' | 'permanentMac'>[];
}

/**
 * The adapter with that MAC address (any case, with ":", "-" or nothing between), GUID (any case, with or without braces) or exact name.
 * The host knows the MAC address of the hardware: whose that is goes before whoever uses it now. Where several have it, as VLANs, a bridge
 * and a virtual function do, and the kernel says of a VLAN that it is its hardware's, the synthetic one is meant, by which whoever has
 * its addresses is found; where there is none, one with addresses.
 */
export function findAdapter(
  adapters: readonly Adapter[],
  { addresses, links }: Surroundings,
  adapterId: string,
): Adapter | undefined {
  const mac = macOf(adapterId);
  const permanent = new Set(links.filter(({ permanentMac }) => permanentMac === mac).map(({ name }) => name));
  const byHardware = mac === undefined ? [] : adapters.filter(({ name }) => permanent.has(name));
  const matching = adapters.filter(matcher(adapterId));
  const found = [...byHardware, ...matching];
  return (
    found.find(({ guid }) => guid !== undefined) ?? found.find((each) => hasAddresses(each, addresses)) ?? found[0]
  );
}

/**
 * Who has the addresses of an adapter, the first of them first: its owner; if that has none, all that share its MAC address, as its
 * VLANs do and a virtual function.
 */
export function holdersOf(
  owner: Adapter,
  adapters: readonly Adapter[],
  { addresses }: Pick<Surroundings, 'addresses'>,
): readonly [Adapter, ...Adapter[]] {
  const [first, ...others] = hasAddresses(owner, addresses)
    ? []
    : adapters.filter(
        (each) =>
          each.mac === owner.mac && each.mac !== noMac && each.guid === undefined && hasAddresses(each, addresses),
      );
  return first === undefined ? [owner] : [first, ...others, owner];
}

function hasAddresses({ name }: Adapter, addresses: Surroundings['addresses']): boolean {
  return addresses.some((own) => own.adapter === name && !isLinkLocal(own.address));
}

const macForm = /^[\da-f]{2}([:-]?)[\da-f]{2}(?:\1[\da-f]{2}){4}$/;
const guidForm = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** That of interfaces without hardware. */
const noMac = '00:00:00:00:00:00';

function matcher(adapterId: string): (adapter: Adapter) => boolean {
  const mac = macOf(adapterId);
  if (mac !== undefined) return (adapter) => adapter.mac === mac && mac !== noMac;
  const guid = guidOf(adapterId);
  if (guid !== undefined) return (adapter) => adapter.guid === guid;
  return (adapter) => adapter.name === adapterId;
}

/** An id as {@link Adapter.mac} has it, if it has the form of a MAC address. */
function macOf(adapterId: string): string | undefined {
  const id = adapterId.toLowerCase();
  return macForm.test(id) ? id.replaceAll(/[:-]/g, '').replaceAll(/..(?!$)/g, '$&:') : undefined;
}

/** An id as {@link Adapter.guid} has it, if it has the form of a GUID: any case, with or without braces. */
export function guidOf(adapterId: string): string | undefined {
  const guid = adapterId.toLowerCase().replace(/^\{(.*)\}$/, '$1');
  return guidForm.test(guid) ? guid : undefined;
}

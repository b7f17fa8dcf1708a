import type { AddressState } from '../device/native.ts';
import type { AdapterAddress, Link } from '../platform/adapter.ts';
import { isLinkLocal } from '../platform/addresses.ts';
import { matchesGlob } from '../platform/glob.ts';
import { type Reach, reaches, reachOf } from './reach.ts';
import type { AddressSettings } from './report-settings.ts';

/** An address, with what the kernel says of it where it was asked. */
export interface OwnAddress extends Pick<AdapterAddress, 'adapter' | 'family' | 'address'> {
  readonly state?: Pick<AddressState, 'isTentative' | 'isDuplicate' | 'isDeprecated' | 'isTemporary'>;
}

/** What the order is made from, of one family. */
export interface Surroundings {
  readonly addresses: readonly OwnAddress[];
  readonly links: readonly Link[];
  /** The interfaces of the main table's default routes, best first. */
  readonly routed: readonly string[];
}

/** An address, and why it stands where it does. */
export interface RankedAddress extends OwnAddress {
  readonly reach: Reach;
  /** The place of its interface's default route among all, from 0; undefined without one. */
  readonly route: number | undefined;
  /** The pattern of `[report] interfaces` that it fits. */
  readonly wish: string | undefined;
}

/**
 * The addresses that are reported to the host, the one that it can most likely use first, since many programs look no further. What failed
 * duplicate detection, or has not passed it, is nobody's address.
 */
export function inOrder(surroundings: Surroundings, settings: AddressSettings): readonly RankedAddress[] {
  const links = new Map(surroundings.links.map((link) => [link.name, link]));
  return surroundings.addresses
    .filter((address) => isReported(address, settings))
    .map((address) => ranked(address, links, surroundings.routed, settings))
    .sort((one, other) => compare(ranksOf(one, settings), ranksOf(other, settings)));
}

function isReported({ adapter, family, address, state }: OwnAddress, settings: AddressSettings): boolean {
  if (state?.isTentative === true || state?.isDuplicate === true) return false;
  if (!settings.families.includes(family) || (!settings.linkLocal && isLinkLocal(address))) return false;
  return !settings.deniedInterfaces.some((pattern) => matchesGlob(adapter, pattern));
}

function ranked(
  address: OwnAddress,
  links: ReadonlyMap<string, Link>,
  routed: readonly string[],
  { interfaces }: AddressSettings,
): RankedAddress {
  const { adapter } = address;
  return {
    ...address,
    reach: reachOf(adapter, links, routed),
    route: routed.includes(adapter) ? routed.indexOf(adapter) : undefined,
    wish: interfaces.find((pattern) => matchesGlob(adapter, pattern)),
  };
}

/** What decides, the most important first; the lower, the earlier. What is equal in all stays in the kernel's order. */
function ranksOf(
  { address, state, reach, route, wish }: RankedAddress,
  { interfaces }: AddressSettings,
): readonly number[] {
  return [
    Number(isLinkLocal(address) || state?.isDeprecated === true),
    wish === undefined ? interfaces.length : interfaces.indexOf(wish),
    reaches.indexOf(reach),
    route ?? Number.MAX_SAFE_INTEGER,
    Number(state?.isTemporary === true),
  ];
}

function compare(one: readonly number[], other: readonly number[]): number {
  const index = one.findIndex((rank, place) => rank !== other[place]);
  return (one[index] ?? 0) - (other[index] ?? 0);
}

import type { IpFamily } from '../platform/adapter.ts';

/** What a site wants reported to the host: the keys of `[report]`. */
export interface ReportSettings extends AddressSettings {
  /** Whether RDPAddressIPv4 and RDPAddressIPv6 follow the ten keys, as a Windows guest has them. */
  readonly rdpAddresses: boolean;
  readonly keys: readonly SiteKey[];
}

export interface AddressSettings {
  /** Patterns of the interfaces that come first, in this order. */
  readonly interfaces: readonly string[];
  /** Patterns of those that are not reported. */
  readonly deniedInterfaces: readonly string[];
  readonly families: readonly IpFamily[];
  /** Whether link-local addresses are reported, after all others. */
  readonly linkLocal: boolean;
}

/** A key of the site's own: one of the ten is replaced, any other comes after them. */
export interface SiteKey {
  readonly name: string;
  readonly source: SiteValue;
}

/** A literal, a file's first line, or the value of a key of pool "guest". */
export type SiteValue =
  | { readonly from: 'literal'; readonly text: string }
  | { readonly from: 'file'; readonly path: string }
  | { readonly from: 'guest'; readonly key: string };

export const defaultReport: ReportSettings = {
  interfaces: [],
  deniedInterfaces: [],
  families: ['ipv4', 'ipv6'],
  linkLocal: true,
  rdpAddresses: false,
  keys: [],
};

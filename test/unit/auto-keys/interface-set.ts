import type { OwnAddress } from '../../../src/auto-keys/address-order.ts';
import type { Link } from '../../../src/platform/adapter.ts';

/** The interfaces of a machine as its kernel has them, and the IPv4 or IPv6 addresses in the order that a host is told. */
export interface InterfaceSet {
  readonly title: string;
  readonly links: readonly Link[];
  /** By interface, in the kernel's order. */
  readonly addresses: Readonly<Record<string, readonly string[]>>;
  /** The interfaces of the main table's default routes, best first. */
  readonly routed?: readonly string[];
  readonly states?: Readonly<Record<string, Partial<OwnAddress['state']>>>;
  readonly told: readonly string[];
}

export function link(name: string, parts: Partial<Link> = {}): Link {
  return { name, kind: '', isSynthetic: false, hasDevice: false, master: undefined, below: [], ...parts };
}

export const synthetic = (name: string, parts: Partial<Link> = {}): Link =>
  link(name, { isSynthetic: true, hasDevice: true, ...parts });
export const hardware = (name: string, parts: Partial<Link> = {}): Link => link(name, { hasDevice: true, ...parts });
export const virtual = (name: string, kind: string, below: readonly string[] = []): Link => link(name, { kind, below });
export const eth0 = synthetic('eth0');
export const eth1 = synthetic('eth1');

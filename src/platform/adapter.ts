import type { LinkState } from '../device/native.ts';

/** A network interface with a MAC address; never the loopback. */
export interface Adapter {
  /** The system's name, such as "eth0" or "hn0". */
  readonly name: string;
  /** Lower case, with ":". */
  readonly mac: string;
  /** The VMBus device id: lower case, without braces. Undefined for all but Hyper-V's synthetic adapters, a VF too. */
  readonly guid: string | undefined;
}

export const ipFamilies = ['ipv4', 'ipv6'] as const;
export type IpFamily = (typeof ipFamilies)[number];

/** An address of an interface that is up. */
export interface AdapterAddress {
  /** The name of the adapter that has it. */
  readonly adapter: string;
  readonly family: IpFamily;
  /** Without scope id. */
  readonly address: string;
  /** In the notation of the address. */
  readonly netmask: string;
  readonly prefixLength: number;
}

/** What an interface is made of. */
export interface Link {
  readonly name: string;
  /** The kernel's word for what is not hardware: "bond", "bridge", "vlan", "vxlan", "wireguard", "tun"…; "" if it has none. */
  readonly kind: string;
  /** Whether it is an adapter of Hyper-V's own. */
  readonly isSynthetic: boolean;
  /** Whether there is a device, real or the hypervisor's. */
  readonly hasDevice: boolean;
  /** The bond, bridge, team or synthetic adapter that it is a port of. */
  readonly master: string | undefined;
  /** The interfaces that it is made of. */
  readonly below: readonly string[];
}

/** What the kernel has, of adapters that are up, connected, or not. */
export interface Network {
  readonly addresses: readonly KernelAddress[];
  /** Of the table that decides for the adapter, the best first. */
  readonly defaultRoutes: Readonly<Record<IpFamily, readonly DefaultRoute[]>>;
  /** None where the system does not say. */
  readonly links: readonly LinkState[];
}

export interface KernelAddress extends Omit<AdapterAddress, 'netmask'> {
  /** Whether it goes by itself when its time is over, as one by DHCP or a router's advertisement does; false where that is unknown. */
  readonly isDynamic: boolean;
  /** Whether somebody else has it, as duplicate address detection found. */
  readonly isDuplicate: boolean;
  /** Whether that is still looked for. */
  readonly isTentative: boolean;
}

/** One way out of the machine. */
export interface DefaultRoute {
  /** The name of the adapter that it leads through. */
  readonly adapter: string;
  /** Undefined where the network itself is the way out. Without scope id. */
  readonly gateway: string | undefined;
  /** The routing table that has it, where that is a VRF's. */
  readonly vrfTable?: number;
}

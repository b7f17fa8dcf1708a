/** A network interface with a MAC address; never the loopback. */
export interface Adapter {
  /** The system's name, such as "eth0" or "hn0". */
  readonly name: string;
  /** Lower case, with ":". */
  readonly mac: string;
  /** The VMBus device id: lower case, without braces. Undefined for all but Hyper-V's synthetic adapters, a VF too. */
  readonly guid: string | undefined;
}

export type IpFamily = 'ipv4' | 'ipv6';

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

/** One way out of the machine. */
export interface DefaultRoute {
  /** The name of the adapter that it leads through. */
  readonly adapter: string;
  /** Undefined where the network itself is the way out. Without scope id. */
  readonly gateway: string | undefined;
}

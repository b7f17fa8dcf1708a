import type { InjectionResult } from '../../ip-information/injection-result.ts';
import type { IpValue } from '../../message/ip-value.ts';
import type { PoolNumber } from '../../message/pool.ts';
import type { Status } from '../../message/status.ts';

/** What the daemon may ask the helper for: nothing else, and with no path, user or mode in it. One packet of JSON each. */
export type HelperRequest =
  /** The device, open; its descriptor comes with the reply. */
  | { readonly request: 'device' }
  /** That the pool's file, or its journal, is there and the daemon's. */
  | { readonly request: 'pool' | 'journal'; readonly pool: PoolNumber }
  /** A new file for the end that a neighbour left in a pool; its descriptor comes with the reply. */
  | { readonly request: 'tail'; readonly pool: PoolNumber }
  /** A SET_IP_INFO. */
  | { readonly request: 'inject'; readonly value: IpValue }
  /** That a change of addresses which was cut short is undone. */
  | { readonly request: 'recover' }
  /** Whether an adapter's IPv4 address comes by DHCP. */
  | { readonly request: 'dhcp-state'; readonly adapter: string };

/** One packet of JSON from the helper. */
export type HelperReply =
  | { readonly reply: 'done' }
  /** A system error. */
  | { readonly reply: 'failed'; readonly code: string; readonly syscall: string; readonly message: string }
  /** For the host; the result follows, perhaps much later, when all is undone. */
  | { readonly reply: 'status'; readonly status: Status }
  | { readonly reply: 'result'; readonly result: InjectionResult }
  | { readonly reply: 'dhcp-state'; readonly isOn: boolean };

/** Bytes of a packet in either direction: FreeBSD carries no more. */
export const packetLimit = 8192;

import type { AutoKeys } from '../auto-keys/auto-keys.ts';
import type { Log } from '../log/log.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { IpValue } from '../message/ip-value.ts';
import type { Status } from '../message/status.ts';
import type { Pools } from '../pools/pools.ts';

/** What the operations work with. */
export interface Services {
  readonly pools: Pools;
  readonly autoKeys: AutoKeys;
  readonly ipInformation: IpInformation;
  readonly log: Log;
}

export interface IpInformation {
  /** What the adapter with this MAC address or GUID has; undefined if there is no such adapter. */
  read(adapterId: string): Awaitable<IpValue | undefined>;
  /** Gives an adapter what the host asks for; the status for the host. */
  set(value: IpValue): Awaitable<Status>;
}

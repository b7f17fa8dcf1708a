import type { IpValue } from './ip-value.ts';
import type { PoolNumber } from './pool.ts';
import type { Status } from './status.ts';

/**
 * What the driver hands over; each is owed a reply. Keys and values are bytes up to their NUL, as the pools store them;
 * they are views of the message buffer, good until the reply is encoded over it.
 */
export type Request = RecordRequest | IpRequest | Refused;

export type Operation = Request['operation'];

export type RecordRequest = GetRequest | SetRequest | DeleteRequest | EnumerateRequest;

export interface GetRequest {
  readonly operation: 'get';
  readonly pool: PoolNumber;
  readonly key: Buffer;
}

export interface SetRequest {
  readonly operation: 'set';
  readonly pool: PoolNumber;
  readonly key: Buffer;
  readonly value: Buffer;
}

export interface DeleteRequest {
  readonly operation: 'delete';
  readonly pool: PoolNumber;
  readonly key: Buffer;
}

export interface EnumerateRequest {
  readonly operation: 'enumerate';
  readonly pool: PoolNumber;
  /** 0 … 2³²−1. */
  readonly index: number;
}

export type IpRequest = GetIpInfoRequest | SetIpInfoRequest;

export interface GetIpInfoRequest {
  readonly operation: 'get-ip-info';
  readonly adapterId: string;
}

export interface SetIpInfoRequest {
  readonly operation: 'set-ip-info';
  readonly value: IpValue;
}

/** A request that no operation can serve; it is answered with its status and the body as it came. */
export interface Refused {
  readonly operation: 'refused';
  readonly status: Status;
  readonly reason: string;
}

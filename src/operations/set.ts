import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { PoolNumber } from '../message/pool.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { SetRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** Writes a record; the automatic keys cannot be set. */
export function set({ pool, key, value }: SetRequest, { pools }: Services): Awaitable<Reply> {
  if (pool === PoolNumber.auto) return statusReply(Status.noMoreItems);
  return whenReady(pools.at(pool).set(key, value), () => statusReply(Status.ok));
}

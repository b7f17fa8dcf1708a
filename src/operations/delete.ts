import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { PoolNumber } from '../message/pool.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { DeleteRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** Removes the first record of a key; the automatic keys cannot be removed. */
export function deleteRecord({ pool, key }: DeleteRequest, { pools }: Services): Awaitable<Reply> {
  if (pool === PoolNumber.auto) return statusReply(Status.noMoreItems);
  return whenReady(pools.at(pool).delete(key), (found) => statusReply(found ? Status.ok : Status.noMoreItems));
}

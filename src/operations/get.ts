import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { PoolNumber } from '../message/pool.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { GetRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** The value of a key; of the first record, if several have it. */
export function get({ pool, key }: GetRequest, { pools, autoKeys }: Services): Awaitable<Reply> {
  const value = pool === PoolNumber.auto ? autoKeys.get(key) : pools.at(pool).get(key);
  return whenReady(value, (found) =>
    found === undefined ? statusReply(Status.noMoreItems) : { kind: 'value', value: found },
  );
}

import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { PoolNumber } from '../message/pool.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { EnumerateRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** The record at an index, in the order of the file; the host goes on until there is none. */
export function enumerate({ pool, index }: EnumerateRequest, { pools, autoKeys }: Services): Awaitable<Reply> {
  const record = pool === PoolNumber.auto ? autoKeys.at(index) : pools.at(pool).at(index);
  return whenReady(record, (found) =>
    found === undefined ? statusReply(Status.noMoreItems) : { kind: 'record', key: found.key, value: found.value },
  );
}

import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { PoolNumber } from '../message/pool.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type {
  DeleteRequest,
  EnumerateRequest,
  GetIpInfoRequest,
  GetRequest,
  Request,
  SetRequest,
} from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** From request to reply. System failures (a full disk, a lock that stays held) are thrown or rejected. */
export function route(request: Request, services: Services): Awaitable<Reply> {
  switch (request.operation) {
    case 'get':
      return get(request, services);
    case 'set':
      return set(request, services);
    case 'delete':
      return deleteRecord(request, services);
    case 'enumerate':
      return enumerate(request, services);
    case 'get-ip-info':
      return getIpInfo(request, services);
    case 'set-ip-info':
      return whenReady(services.ipInformation.set(request.value), statusReply);
    case 'refused':
      services.log.info(`refused a request: ${request.reason}`);
      return statusReply(request.status);
  }
}

/** The value of a key; of the first record, if several have it. */
function get({ pool, key }: GetRequest, { pools, autoKeys }: Services): Awaitable<Reply> {
  const value = pool === PoolNumber.auto ? autoKeys.get(key) : pools.at(pool).get(key);
  return whenReady(value, (found) =>
    found === undefined ? statusReply(Status.noMoreItems) : { kind: 'value', value: found },
  );
}

/** Writes a record; the automatic keys cannot be set. */
function set({ pool, key, value }: SetRequest, { pools }: Services): Awaitable<Reply> {
  if (pool === PoolNumber.auto) return statusReply(Status.noMoreItems);
  return whenReady(pools.at(pool).set(key, value), () => statusReply(Status.ok));
}

/** Removes the first record of a key; the automatic keys cannot be removed. */
function deleteRecord({ pool, key }: DeleteRequest, { pools }: Services): Awaitable<Reply> {
  if (pool === PoolNumber.auto) return statusReply(Status.noMoreItems);
  return whenReady(pools.at(pool).delete(key), (found) => statusReply(found ? Status.ok : Status.noMoreItems));
}

/** The record at an index, in the order of the file; the host goes on until there is none. */
function enumerate({ pool, index }: EnumerateRequest, { pools, autoKeys }: Services): Awaitable<Reply> {
  const record = pool === PoolNumber.auto ? autoKeys.at(index) : pools.at(pool).at(index);
  return whenReady(record, (found) =>
    found === undefined ? statusReply(Status.noMoreItems) : { kind: 'record', key: found.key, value: found.value },
  );
}

/** What an adapter has: addresses, gateways, name servers. */
function getIpInfo({ adapterId }: GetIpInfoRequest, { ipInformation, log }: Services): Awaitable<Reply> {
  return whenReady(ipInformation.read(adapterId), (value) => {
    if (value !== undefined) return { kind: 'ip-value', value };
    log.info(`the host asked for the addresses of adapter '${adapterId}', which does not exist in this guest`);
    return statusReply(Status.fail);
  });
}

import type { Awaitable } from '../message/awaitable.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { Request } from '../message/request.ts';
import { deleteRecord } from './delete.ts';
import { enumerate } from './enumerate.ts';
import { getIpInfo } from './get-ip-info.ts';
import { get } from './get.ts';
import type { Services } from './services.ts';
import { setIpInfo } from './set-ip-info.ts';
import { set } from './set.ts';

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
      return setIpInfo(request, services);
    case 'refused':
      services.log.info(`refused a request: ${request.reason}`);
      return statusReply(request.status);
  }
}

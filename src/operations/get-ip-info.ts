import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { GetIpInfoRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** What an adapter has: addresses, gateways, name servers. */
export function getIpInfo({ adapterId }: GetIpInfoRequest, { ipInformation, log }: Services): Awaitable<Reply> {
  return whenReady(ipInformation.read(adapterId), (value) => {
    if (value !== undefined) return { kind: 'ip-value', value };
    log.info(`the host asked for the addresses of adapter '${adapterId}', which does not exist in this guest`);
    return statusReply(Status.fail);
  });
}

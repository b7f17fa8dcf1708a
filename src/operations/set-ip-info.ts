import { type Awaitable, whenReady } from '../message/awaitable.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { SetIpInfoRequest } from '../message/request.ts';
import type { Services } from './services.ts';

/** Changes what an adapter has, as far as this guest's configuration lets the host. */
export function setIpInfo({ value }: SetIpInfoRequest, { ipInformation }: Services): Awaitable<Reply> {
  return whenReady(ipInformation.set(value), statusReply);
}

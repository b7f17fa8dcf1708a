import { type Reply, statusReply } from '../message/reply.ts';
import type { SetIpInfoRequest } from '../message/request.ts';
import { Status } from '../message/status.ts';
import type { Services } from './services.ts';

/** Refused: this daemon does not change addresses. */
export function setIpInfo({ value }: SetIpInfoRequest, { log }: Services): Reply {
  log.warning(`the host asked to set the addresses of adapter '${value.adapterId}': refused, nothing was changed`);
  return statusReply(Status.fail);
}

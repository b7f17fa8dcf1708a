import { isSystemError } from '../device/system-error.ts';
import type { Awaitable } from '../message/awaitable.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { Request } from '../message/request.ts';
import { Status } from '../message/status.ts';
import { route } from '../operations/route.ts';
import type { Services } from '../operations/services.ts';
import { describeReply, describeRequest } from './describe.ts';

/** Answers a request. What the system fails to do costs the host an E_FAIL and the log one line, never the daemon. */
export function serve(request: Request, services: Services): Awaitable<Reply> {
  const failed = (error: unknown): Reply => {
    if (!isSystemError(error)) throw error;
    services.log.error(error.message);
    return statusReply(Status.fail);
  };
  const answered = (reply: Reply): Reply => {
    services.log.debug(() => `reply: ${describeReply(reply)}`);
    return reply;
  };
  services.log.debug(() => `request: ${describeRequest(request)}`);
  try {
    const reply = route(request, services);
    return reply instanceof Promise ? reply.catch(failed).then(answered) : answered(reply);
  } catch (error) {
    return answered(failed(error));
  }
}

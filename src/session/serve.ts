import { isSystemError, type SystemError } from '../device/system-error.ts';
import type { Awaitable } from '../message/awaitable.ts';
import { type Reply, statusReply } from '../message/reply.ts';
import type { Request } from '../message/request.ts';
import { Status } from '../message/status.ts';
import { route } from '../operations/route.ts';
import type { Services } from '../operations/services.ts';
import { describeReply, describeRequest } from './describe.ts';
import { Failures } from './failures.ts';

/** What answers a request. What the system fails to do costs the host an E_FAIL and the log one line, never the daemon. */
export function serveWith(
  services: Services,
  onFailed?: (error: SystemError) => void,
): (request: Request) => Awaitable<Reply> {
  const { log } = services;
  const failures = new Failures(log);
  return (request) => {
    const answered = (reply: Reply): Reply => {
      log.debug(() => `reply: ${describeReply(reply)}`);
      return reply;
    };
    const succeeded = (reply: Reply): Reply => {
      failures.succeeded(request);
      return answered(reply);
    };
    const failed = (error: unknown): Reply => {
      if (!isSystemError(error)) throw error;
      failures.failed(request, error.message);
      onFailed?.(error);
      return answered(statusReply(Status.fail));
    };
    log.debug(() => `request: ${describeRequest(request)}`);
    try {
      const reply = route(request, services);
      return reply instanceof Promise ? reply.then(succeeded, failed) : succeeded(reply);
    } catch (error) {
      return failed(error);
    }
  };
}

import { existsSync } from 'node:fs';
import type { Injection, InjectionOptions } from '../ip-information/injection.ts';
import { recordPath } from '../ip-information/record-path.ts';
import { Status } from '../message/status.ts';
import type { Helper } from './helper.ts';

/** Later than the helper's own deadline, which it keeps; the driver waits longer. */
const graceMs = 400;

/** IP injection for a daemon without the rights that it takes: the helper judges each request by root's configuration, and does it. */
export function injectionByHelper(
  helper: Helper,
  { settings, log, onResult }: Omit<InjectionOptions, 'platform'>,
): Injection {
  let { deadlineMs } = settings;
  const set = (value: Parameters<Injection['set']>[0]): Promise<Status> =>
    new Promise((resolve) => {
      const late = setTimeout(() => {
        log.warning('the helper was too slow to answer the host: it is told of a failure');
        resolve(Status.fail);
      }, deadlineMs + graceMs);
      const answer = (status: Status): void => {
        clearTimeout(late);
        resolve(status);
      };
      helper.converse(
        { request: 'inject', value },
        {
          onReply(reply) {
            if (reply.reply === 'status') answer(reply.status);
            if (reply.reply === 'result') onResult?.(reply.result);
          },
          onEnd() {
            answer(Status.fail);
          },
        },
      );
    });
  return {
    recover() {
      if (existsSync(recordPath(settings.stateDirectory))) helper.converse({ request: 'recover' }, nobody);
    },
    set,
    reconfigure(wanted) {
      ({ deadlineMs } = wanted);
    },
  };
}

const nobody = { onReply: () => undefined, onEnd: () => undefined } as const;

import { existsSync } from 'node:fs';
import type { Injection, InjectionOptions } from '../../ip-information/injection.ts';
import type { InjectionSettings } from '../../ip-information/injection-settings.ts';
import type { InjectionResult } from '../../ip-information/injection-result.ts';
import { changePaths } from '../../ip-information/change-paths.ts';
import type { IpValue } from '../../message/ip-value.ts';
import { Status } from '../../message/status.ts';
import type { Helper } from './helper.ts';

/** Later than the helper's own deadline, which it keeps; the driver waits longer. */
const graceMs = 400;
/** A change that fails is undone before its result is reported; no network manager takes so long for that. */
const longestMs = 300_000;
/** Until a helper that has died is another. */
const restartMs = 1000;

/** IP injection for a daemon without the rights that it takes: the helper judges each request by root's configuration, and does it. */
export function injectionByHelper(
  helper: Helper,
  {
    settings,
    current,
    log,
  }: Pick<InjectionOptions, 'settings' | 'log'> & { readonly current: () => InjectionSettings },
): Injection {
  const recover = (): void => {
    if (existsSync(changePaths(settings.stateDirectory).record)) helper.converse({ request: 'recover' }, nobody);
  };
  const ask = (
    value: IpValue,
    onStatus: (status: Status) => void,
    onResult: (result: InjectionResult) => void,
  ): void => {
    const late = setTimeout(() => {
      log.warning('timed out waiting for the helper; reported failure to the host');
      onStatus(Status.fail);
    }, current().deadlineMs + graceMs);
    let isDone = false;
    helper.converse(
      { request: 'inject', value },
      {
        patienceMs: longestMs,
        onReply(reply) {
          if (reply.reply === 'status') {
            clearTimeout(late);
            onStatus(reply.status);
          }
          if (reply.reply === 'result') {
            isDone = true;
            onResult(reply.result);
          }
        },
        onEnd() {
          clearTimeout(late);
          onStatus(Status.fail);
          onResult('failed');
          // It died in the middle: another one is asked to undo what it had begun.
          if (!isDone) setTimeout(recover, restartMs).unref();
        },
      },
    );
  };
  return {
    recover,
    set(value) {
      let onResult: (result: InjectionResult) => void = () => undefined;
      const result = new Promise<InjectionResult>((resolve) => {
        onResult = resolve;
      });
      const status = new Promise<Status>((resolve) => {
        ask(value, resolve, onResult);
      });
      return { status, result };
    },
  };
}

const nobody = { patienceMs: longestMs, onReply: () => undefined, onEnd: () => undefined } as const;

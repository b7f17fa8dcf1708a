import { existsSync } from 'node:fs';
import type { Log } from '../log/log.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { IpValue } from '../message/ip-value.ts';
import { latePart } from '../platform/late-part.ts';
import { thisMachine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import type { InjectionSettings } from './injection-settings.ts';
import type { Injector, Outcome } from './injector.ts';
import { changePaths } from './change-paths.ts';

/** IP injection as the daemon sees it, which starts sooner without its parts. */
export interface Injection {
  /** Undoes what a crash or power failure cut short, if there is such a thing. */
  recover(): Awaitable<void>;
  /** Gives an adapter what the host asks for. */
  set(value: IpValue): Outcome;
}

export interface InjectionOptions {
  readonly platform: Platform;
  /** At the start. The state directory stays. */
  readonly settings: InjectionSettings;
  /** As they are at the moment: asked for before each decision. */
  readonly current: () => Awaitable<InjectionSettings>;
  readonly log: Log;
}

export function createInjection(options: InjectionOptions): Injection {
  const { platform, settings } = options;
  const injector = latePart(async (): Promise<Injector> => {
    const [{ Injector: Loadable }, { backEndsOf }] = await Promise.all([
      import('./injector.ts'),
      import('./backends/all.ts'),
    ]);
    return new Loadable({
      ...options,
      machine: thisMachine,
      backEndsOf: (wanted) => backEndsOf(platform.system, wanted),
    });
  });
  return {
    async recover() {
      if (existsSync(changePaths(settings.stateDirectory).record)) await (await injector()).recover();
    },
    set(value) {
      const begun = injector().then((loaded) => loaded.set(value));
      return {
        status: begun.then(({ status }) => status),
        result: begun.then(({ result }) => result),
      };
    },
  };
}

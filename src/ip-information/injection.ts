import { existsSync } from 'node:fs';
import type { Log } from '../log/log.ts';
import type { Awaitable } from '../message/awaitable.ts';
import type { IpValue } from '../message/ip-value.ts';
import type { Status } from '../message/status.ts';
import { thisMachine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import type { InjectionResult } from './injection-result.ts';
import type { InjectionSettings } from './injection-settings.ts';
import type { Injector } from './injector.ts';
import { recordPath } from './record-path.ts';

/** IP injection as the daemon sees it: nothing of it is loaded before there is something to do. */
export interface Injection {
  /** Undoes what a crash or power failure cut short, if there is such a thing. */
  recover(): Awaitable<void>;
  /** Gives an adapter what the host asks for; the status for the host. */
  set(value: IpValue): Promise<Status>;
  /** For the requests that come. */
  reconfigure(settings: InjectionSettings): void;
}

export interface InjectionOptions {
  readonly platform: Platform;
  readonly settings: InjectionSettings;
  readonly log: Log;
  /** Told of each request that was worked on. */
  readonly onResult?: (result: InjectionResult) => void;
}

export function createInjection({ platform, settings, log, onResult }: InjectionOptions): Injection {
  let current = settings;
  let loading: Promise<Loaded> | undefined;
  const load = async (): Promise<Loaded> => {
    const [{ Injector: Loadable }, { backEndsOf }] = await Promise.all([
      import('./injector.ts'),
      import('./backends/all.ts'),
    ]);
    const chosen = (wanted: InjectionSettings) => ({ settings: wanted, backEnds: backEndsOf(platform.system, wanted) });
    const injector = new Loadable({ platform, machine: thisMachine, ...chosen(current), log, onResult });
    return {
      injector,
      reconfigure: (wanted) => {
        injector.reconfigure(chosen(wanted));
      },
    };
  };
  const loaded = (): Promise<Loaded> => (loading ??= load());
  return {
    async recover() {
      if (existsSync(recordPath(settings.stateDirectory))) await (await loaded()).injector.recover();
    },
    set: async (value) => await (await loaded()).injector.set(value),
    reconfigure(wanted) {
      current = wanted;
      void loading?.then(({ reconfigure }) => {
        reconfigure(wanted);
      });
    },
  };
}

interface Loaded {
  readonly injector: Injector;
  readonly reconfigure: (settings: InjectionSettings) => void;
}

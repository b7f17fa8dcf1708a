import { existsSync } from 'node:fs';
import type { Log } from '../log/log.ts';
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
  recover(): void;
  /** Gives an adapter what the host asks for; the status for the host. */
  set(value: IpValue): Promise<Status>;
}

export interface InjectionOptions {
  readonly platform: Platform;
  readonly settings: InjectionSettings;
  readonly log: Log;
  /** Told of each request that was worked on. */
  readonly onResult?: (result: InjectionResult) => void;
}

export function createInjection({ platform, settings, log, onResult }: InjectionOptions): Injection {
  let injector: Promise<Injector> | undefined;
  const load = async (): Promise<Injector> => {
    const [{ Injector: Loaded }, { backEndsOf }] = await Promise.all([
      import('./injector.ts'),
      import('./backends/all.ts'),
    ]);
    return new Loaded({
      platform,
      machine: thisMachine,
      settings,
      backEnds: backEndsOf(platform.system, settings),
      log,
      onResult,
    });
  };
  const loaded = (): Promise<Injector> => (injector ??= load());
  return {
    recover() {
      if (existsSync(recordPath(settings.stateDirectory))) void loaded().then((ready) => ready.recover());
    },
    set: async (value) => await (await loaded()).set(value),
  };
}

import { autoKeysOfThisMachine } from '../auto-keys/this-machine.ts';
import { native } from '../device/native.ts';
import { crash } from '../device/rethrow-later.ts';
import { isSystemError, troubleOf } from '../device/system-error.ts';
import { Session } from '../session/session.ts';
import { AbsentAdapters } from '../ip-information/absent-adapters.ts';
import { createInjection } from '../ip-information/injection.ts';
import type { Log } from '../log/log.ts';
import { dialects } from '../message/dialect.ts';
import type { IpValue } from '../message/ip-value.ts';
import type { Services } from '../operations/services.ts';
import { openPools } from '../pools/pools.ts';
import { assistedDisk } from '../helper/client/assisted-disk.ts';
import { injectionByHelper } from '../helper/client/injection-by-helper.ts';
import type { Rights } from './part-with-root.ts';
import { platformByHelper } from '../helper/client/platform-by-helper.ts';
import { type Listener, openListeners } from './listeners.ts';
import { Observer } from './observer.ts';
import { PoolFolder } from './pool-folder.ts';
import { serveWith } from '../session/serve.ts';
import type { Settings } from '../configuration/settings.ts';
import { latePart, loadLateParts } from '../platform/late-part.ts';
import { compileEarly } from '../process/compile-early.ts';
import type { Supervisor } from '../process/supervisor.ts';

export interface Daemon {
  /** Serves, or waits for the device. */
  start(): void;
  /** Closes everything; a pending request stays unanswered, and the driver reports that to the host. */
  stop(): void;
  /** From the next request on; device, pools' places and durability, and listeners stay as they are. */
  reconfigure(settings: Settings): void;
}

export interface Surroundings {
  readonly log: Log;
  readonly supervisor: Supervisor;
  readonly rights: Rights;
  /** The device is not available: another process has it, or we may not open it. Not called under a supervisor, which would only try again. */
  readonly onRefused: (trouble: string) => void;
  /** Only a new process, begun as this one was, can open the device again, or write the pools. */
  readonly mustStartAgain: (trouble: string) => void;
}

const reading = latePart(() => import('../ip-information/read.ts'));

/** Puts the parts together. */
export function createDaemon(settings: Settings, surroundings: Surroundings): Daemon {
  const { log, supervisor, rights, onRefused, mustStartAgain } = surroundings;
  const { helper } = rights;
  const { platform } = settings;
  const reader = helper ? platformByHelper(platform, helper) : platform;
  let version = '';
  const observer = new Observer(settings, helper);
  const { statistics } = observer;
  const pools = openPools({
    ...settings.pools,
    ...(helper && { disk: (pool) => assistedDisk(pool, helper) }),
    warn: log.warning,
    onLockWait: (milliseconds) => {
      statistics.waitedForLock(milliseconds);
    },
  });
  observer.tellOf(pools);
  const folder = new PoolFolder(settings.pools.directory);
  const autoKeys = autoKeysOfThisMachine(settings, {
    pools,
    networkWatch: new native.NetworkWatch(),
    integrationServicesVersion: () => version,
  });
  const absent = platform.reportsLinkChanges ? new AbsentAdapters(new native.NetworkWatch()) : undefined;
  let injectionSettings = settings.injection;
  const injectionOptions = {
    platform,
    settings: settings.injection,
    current: () => injectionSettings,
    log,
  };
  const injection = helper ? injectionByHelper(helper, injectionOptions) : createInjection(injectionOptions);
  const services: Services = {
    pools,
    autoKeys,
    ipInformation: {
      read(adapterId) {
        const read = async (): Promise<IpValue | undefined> => {
          const { readIpInformation } = await reading();
          return await readIpInformation(reader, adapterId);
        };
        return absent === undefined ? read() : absent.ask(adapterId, read);
      },
      set: (value) => {
        const { status, result } = injection.set(value);
        result
          .then((result) => {
            statistics.injected(result);
          })
          .catch(crash);
        return status;
      },
    },
    log,
  };
  const session = new Session({
    path: settings.device,
    dialect: dialects[platform.system],
    log,
    serve: serveWith(services, (error) => {
      const trouble = supervisor.isPresent ? folder.troubleOf(error) : undefined;
      // The answer goes out before.
      if (trouble !== undefined) setImmediate(mustStartAgain, trouble);
    }),
    opened: rights.device,
    ...(!supervisor.isPresent && { onRefused }),
    // Another device is a simulated one.
    isReady: () => settings.device !== platform.devicePath || platform.isChannelOpen(),
    ...(rights.device !== undefined && { onDenied: mustStartAgain }),
    ...(helper && !platform.isOpenerTheDaemon && { openAsRoot: () => helper.ask({ request: 'device' })?.descriptor }),
    onRegistered: (integrationServices) => {
      version = integrationServices;
      observer.registered(integrationServices);
      // Not before the device is ours: another daemon may be in the middle of a change.
      Promise.resolve(injection.recover()).catch((error: unknown) => {
        if (!isSystemError(error)) throw error;
        log.error(`cannot undo an interrupted change of addresses: ${error.message}`);
      });
      // The pools that exist are served all the same.
      const trouble = troubleOf(() => {
        pools.createMissing();
      });
      if (trouble !== '') log.error(trouble);
      folder.note();
      supervisor.tell(
        `registered at ${settings.device}${integrationServices && `, integration services ${integrationServices}`}`,
      );
    },
    onExchanged: (exchange) => {
      observer.exchanged(exchange);
    },
    onLost: (trouble) => {
      observer.lost(trouble);
      supervisor.tell(trouble);
    },
  });
  let listeners: readonly Listener[] = [];
  return {
    start() {
      pools
        .recover(({ message }) => {
          log.warning(message);
        })
        .catch(crash);
      autoKeys.refreshDomainName().catch(crash);
      compileEarly();
      session.start();
      listeners = openListeners(settings, { observer, autoKeys, log });
      loadLateParts(log.error).catch(crash);
    },
    stop() {
      for (const listener of listeners) listener.close();
      session.close();
      autoKeys.close();
      pools.close();
    },
    reconfigure(wanted) {
      pools.adjust(wanted.pools);
      injectionSettings = wanted.injection;
      autoKeys.reconfigure(wanted.report);
      observer.reconfigure(wanted);
    },
  };
}

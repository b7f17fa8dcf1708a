import { createAutoKeys } from '../auto-keys/auto-keys.ts';
import { native } from '../device/native.ts';
import { Session } from '../device/session.ts';
import { createInjection } from '../ip-information/injection.ts';
import { readIpInformation } from '../ip-information/read.ts';
import type { Log } from '../log/log.ts';
import { dialects } from '../message/dialect.ts';
import type { Services } from '../operations/services.ts';
import { openPools } from '../pools/pools.ts';
import { type Listener, openListeners } from './listeners.ts';
import { Observer } from './observer.ts';
import { createPoolFiles } from './pool-files.ts';
import { serveWith } from './serve.ts';
import type { Settings } from '../configuration/settings.ts';
import type { Supervisor } from './supervisor.ts';

export interface Daemon {
  /** Serves, or waits for the device. Throws EBUSY if another daemon holds it, but under a supervisor, who would only try again. */
  start(): void;
  /** Closes everything; a request in hand stays unanswered, and the driver tells the host. */
  stop(): void;
  /** From the next request on; device, pools' places and durability, and listeners stay as they are. */
  reconfigure(settings: Settings): void;
}

/** Puts the parts together. */
export function createDaemon(settings: Settings, log: Log, supervisor: Supervisor): Daemon {
  const { platform } = settings;
  let version = '';
  const autoKeys = createAutoKeys({
    platform,
    networkWatch: new native.NetworkWatch(),
    integrationServicesVersion: () => version,
  });
  const observer = new Observer(settings);
  const { statistics } = observer;
  const pools = openPools({
    ...settings.pools,
    warn: log.warning,
    onLockWait: (milliseconds) => {
      statistics.waitedForLock(milliseconds);
    },
  });
  const injection = createInjection({
    platform,
    settings: settings.injection,
    log,
    onResult: (result) => {
      statistics.injected(result);
    },
  });
  const services: Services = {
    pools,
    autoKeys,
    ipInformation: {
      read: (adapterId) => readIpInformation(platform, adapterId),
      set: (value) => injection.set(value),
    },
    log,
  };
  const session = new Session({
    path: settings.device,
    dialect: dialects[platform.system],
    log,
    serve: serveWith(services),
    onRegistered: (told) => {
      version = told;
      observer.registered(told);
      createPoolFiles(services);
      autoKeys.refreshDomainName();
      supervisor.tell(`registered at ${settings.device}${told && `, integration services ${told}`}`);
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
      injection.recover();
      session.start(supervisor.isPresent ? 'wait' : 'refuse');
      listeners = openListeners(settings, observer, log);
    },
    stop() {
      for (const listener of listeners) listener.close();
      session.close();
      autoKeys.close();
      pools.close();
    },
    reconfigure(wanted) {
      pools.adjust(wanted.pools);
      injection.reconfigure(wanted.injection);
      observer.reconfigure(wanted);
    },
  };
}

import type { Settings } from '../configuration/settings.ts';
import { configurationInForce } from '../configuration/in-force.ts';
import { version } from '../configuration/version.ts';
import type { ConfigurationReport, DeviceStatus, PrivilegeStatus, StatusReport } from '../control/protocol.ts';
import type { ControlServer } from '../control/server.ts';
import { transactionEvent } from '../control/transaction-event.ts';
import type { Exchange } from '../message/exchange.ts';
import type { Helper } from '../helper/client/helper.ts';
import { Statistics } from '../control/statistics.ts';
import type { Pools } from '../pools/pools.ts';
import { readPoolStatus } from './pool-status.ts';

/** Counts what happens to the daemon, and reports it to subscribers. */
export class Observer {
  readonly statistics = new Statistics();
  #settings: Settings;
  #device: DeviceStatus;
  readonly #helper: Helper | undefined;
  #server: ControlServer | undefined;
  #journalTrouble: Pools['journalTrouble'] = () => '';

  constructor(settings: Settings, helper?: Helper) {
    this.#helper = helper;
    this.#settings = settings;
    this.#device = { path: settings.device, state: 'waiting', integrationServices: '', trouble: '' };
  }

  exchanged(exchange: Exchange): void {
    this.statistics.exchanged(exchange);
    this.#server?.publish((values) => transactionEvent(exchange, new Date(), values));
  }

  registered(integrationServices: string): void {
    this.statistics.registered();
    this.#device = { ...this.#device, state: 'registered', integrationServices, trouble: '' };
    this.#server?.publish(() => ({ type: 'registered', at: new Date().toISOString(), integrationServices }));
  }

  lost(trouble: string): void {
    if (this.#device.state === 'registered') this.statistics.lost();
    this.#device = { ...this.#device, state: 'waiting', trouble };
    this.#server?.publish(() => ({ type: 'lost', at: new Date().toISOString(), trouble }));
  }

  status(): StatusReport {
    const { platform, configuration: file, origin, pools, injection } = this.#settings;
    const { mode, interfaces, deniedInterfaces } = injection.policy;
    return {
      type: 'status',
      version,
      pid: process.pid,
      system: platform.system,
      configuration: { file, readAt: origin.latest.readAt },
      device: this.#device,
      ...this.statistics.counts(),
      pools: readPoolStatus(pools.directory, this.#journalTrouble),
      ipInjection: { mode, backEnd: injection.backEnd, interfaces, deniedInterfaces },
      privileges: this.#privileges(),
    };
  }

  async configuration(values: boolean): Promise<ConfigurationReport> {
    return { type: 'configuration', ...(await configurationInForce(this.#settings, values)) };
  }

  #privileges(): PrivilegeStatus {
    // Both systems have users.
    const uid = process.geteuid?.() ?? 0;
    if (this.#helper === undefined) return { uid, helper: 'none', trouble: '' };
    const { trouble } = this.#helper;
    return { uid, helper: trouble === '' ? 'at hand' : 'lost', trouble };
  }

  reconfigure(settings: Settings): void {
    this.#settings = settings;
  }

  /** From now on, the state of their journals is reported. */
  tellOf(pools: Pick<Pools, 'journalTrouble'>): void {
    this.#journalTrouble = pools.journalTrouble;
  }

  /** From now on, events go to its clients. */
  tellClientsOf(server: ControlServer): void {
    this.#server = server;
  }
}

import { existsSync } from 'node:fs';
import type { Log } from '../log/log.ts';
import type { IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import type { Machine } from '../platform/machine.ts';
import type { Platform } from '../platform/platform.ts';
import { isSystemError } from '../device/system-error.ts';
import { apply, type Change, rollBack, type Surroundings } from './apply.ts';
import { ChangeBudget } from './change-budget.ts';
import { Deadline } from './deadline.ts';
import { describePlan } from './describe-plan.ts';
import { findBackEnd, waitUntilReady } from './detect.ts';
import { isInPlace } from './files.ts';
import type { InjectionResult } from './injection-result.ts';
import type { InjectionSettings } from './injection-settings.ts';
import type { BackEnd, Plan } from './plan.ts';
import { objectionTo } from './policy.ts';
import { type Proposal, propose } from './propose.ts';
import { recordPath } from './record-path.ts';
import { readRecord } from './record.ts';
import { type AdapterState, describeProposal, describeState, difference, loss, readState } from './state.ts';

export interface InjectorOptions {
  readonly platform: Platform;
  readonly machine: Machine;
  readonly settings: InjectionSettings;
  readonly backEnds: readonly BackEnd[];
  readonly log: Log;
  readonly onResult?: ((result: InjectionResult) => void) | undefined;
}

/** The parts of the time until the answer in which a network manager must come up, and a change must be good. */
const shares = { waiting: 0.4, applying: 0.8 } as const;

interface Times {
  readonly waiting: Deadline;
  readonly applying: Deadline;
}

/** Names that mean the same in every configuration file and on every command line. The system's own, but not ours. */
const plainName = /^[A-Za-z\d_][\w.:@-]*$/;

/** Sets the addresses of adapters as the host asks, one request after the other, and writes a line to the log about each. */
export class Injector {
  #options: InjectorOptions;
  readonly #surroundings: Surroundings;
  readonly #budget: ChangeBudget;
  /** Done when the change before is, with its roll-back. */
  #earlier: Promise<unknown> = Promise.resolve();

  constructor(options: InjectorOptions) {
    const { settings, machine, log } = options;
    this.#options = options;
    this.#surroundings = { machine, record: recordPath(settings.stateDirectory), warn: log.warning };
    this.#budget = new ChangeBudget();
  }

  /** Undoes a change that a crash or power failure cut short; requests wait for it. */
  async recover(): Promise<void> {
    const work = this.#earlier.then(() =>
      this.#whatFailsIsLogged(async () => {
        await this.#undoUnfinished();
        return Status.ok;
      }),
    );
    this.#earlier = work;
    await work;
  }

  /** Once the change under way is done, with its roll-back. The state directory must be the same. */
  reconfigure(changed: Pick<InjectorOptions, 'settings' | 'backEnds'>): void {
    this.#earlier = this.#earlier.then(() => {
      this.#options = { ...this.#options, ...changed };
    });
  }

  /** The status for the host, within the configured time. What is to be undone after it goes on. */
  async set(value: IpValue): Promise<Status> {
    const { deadlineMs } = this.#options.settings;
    const times = {
      waiting: new Deadline(deadlineMs * shares.waiting),
      applying: new Deadline(deadlineMs * shares.applying),
    };
    const work = this.#earlier.then(() => this.#whatFailsIsLogged(() => this.#serve(value, times)));
    this.#earlier = work;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<Status>((resolve) => {
      timer = setTimeout(() => {
        this.#options.log.warning(`${deadlineMs} ms were not enough to answer the host: it is told of a failure`);
        resolve(Status.fail);
      }, deadlineMs);
    });
    const status = await Promise.race([work, late]);
    clearTimeout(timer);
    return status;
  }

  async #serve(value: IpValue, times: Times): Promise<Status> {
    const { platform, log, settings, onResult } = this.#options;
    const proposed = propose(value, await platform.readAdapters(), platform.system);
    if ('refusal' in proposed) {
      log.info(`refused to set the addresses of adapter '${value.adapterId}': ${proposed.refusal.reason}`);
      onResult?.('refused');
      return proposed.refusal.status;
    }
    const { proposal } = proposed;
    const objection = objectionTo(proposal, settings.policy);
    if (objection === undefined) return await this.#change(proposal, times);
    return this.#refuse(proposal, `ip_injection.${objection.rule}: ${objection.reason}`);
  }

  async #change(proposal: Proposal, times: Times): Promise<Status> {
    const { machine, platform, settings, backEnds } = this.#options;
    const { adapter } = proposal;
    if (!plainName.test(adapter.name)) return this.#refuse(proposal, 'its name cannot be written everywhere');
    const backEnd = await findBackEnd(settings.backEnd, backEnds, adapter, machine, times.waiting);
    if (backEnd === undefined) return this.#refuse(proposal, 'no network manager that we know has it');
    const plan = await backEnd.plan(proposal, machine);
    if ('impossible' in plan) return this.#refuse(proposal, `${backEnd.name}: ${plan.impossible}`);
    if (settings.policy.mode === 'dry-run') {
      for (const line of describePlan(plan, machine).split('\n')) this.#options.log.info(`dry run: ${line}`);
      return this.#refuse(proposal, `ip_injection.mode: a dry run of ${backEnd.name}`);
    }
    const former = await readState(platform, adapter.name);
    if (isDone(plan, machine) && difference(proposal, former) === undefined) {
      return this.#audit(proposal, former, 'unchanged', `unchanged (${backEnd.name})`);
    }
    if (!this.#budget.take(settings.changesAMinute)) {
      return this.#refuse(proposal, `ip_injection.changes_a_minute: more than ${settings.changesAMinute}`);
    }
    await waitUntilReady(backEnd, adapter, machine, times.waiting);
    await this.#undoUnfinished();
    if (existsSync(this.#surroundings.record)) return this.#refuse(proposal, 'an earlier change cannot be undone');
    if (times.applying.isOver()) return this.#refuse(proposal, 'there was no time left');
    return await this.#apply(proposal, backEnd, times.applying);
  }

  /** Plans anew: a network manager that has only just come up has changed what there is. */
  async #apply(proposal: Proposal, backEnd: BackEnd, deadline: Deadline): Promise<Status> {
    const { machine, platform } = this.#options;
    const { adapter } = proposal;
    const plan = await backEnd.plan(proposal, machine);
    if ('impossible' in plan) return this.#refuse(proposal, `${backEnd.name}: ${plan.impossible}`);
    const former = await readState(platform, adapter.name);
    const change: Change = {
      adapter: adapter.name,
      backEnd: backEnd.name,
      plan,
      isBusy: () => backEnd.isBusy?.(machine, adapter) ?? false,
      difference: async () => difference(proposal, await readState(platform, adapter.name)),
      loss: async () => loss(former, await readState(platform, adapter.name)),
    };
    const trouble = await apply(change, deadline, this.#surroundings);
    if (trouble === undefined) return this.#audit(proposal, former, 'applied', `applied by ${backEnd.name}`);
    return this.#audit(proposal, former, 'undone', `failed with ${backEnd.name} and undone: ${trouble}`);
  }

  async #undoUnfinished(): Promise<void> {
    const record = readRecord(this.#surroundings.record);
    if (record === undefined) return;
    this.#options.log.warning(`undoing the change of ${record.adapter} by ${record.backEnd} that was cut short`);
    await rollBack(record, this.#surroundings);
  }

  #refuse(proposal: Proposal, reason: string): Status {
    const { log, onResult } = this.#options;
    const { name } = proposal.adapter;
    log.info(`refused to set ${name} to ${describeProposal(proposal)}, nothing was changed: ${reason}`);
    onResult?.('refused');
    return Status.fail;
  }

  #audit(proposal: Proposal, former: AdapterState, result: 'applied' | 'unchanged' | 'undone', text: string): Status {
    const { log, onResult } = this.#options;
    const { name, guid } = proposal.adapter;
    const change = `from ${describeState(former)} to ${describeProposal(proposal)}`;
    log.info(`the host sets ${name} (${guid ?? 'no GUID'}) ${change}: ${text}`);
    onResult?.(result);
    return result === 'undone' ? Status.fail : Status.ok;
  }

  async #whatFailsIsLogged(work: () => Promise<Status>): Promise<Status> {
    try {
      return await work();
    } catch (error) {
      if (!isSystemError(error)) throw error;
      this.#options.log.error(`cannot set addresses: ${error.message}`);
      this.#options.onResult?.('failed');
      return Status.fail;
    }
  }
}

function isDone({ files, commands }: Plan, machine: Machine): boolean {
  return files.every((file) => isInPlace(machine, file)) && !commands.some(({ writes }) => writes);
}

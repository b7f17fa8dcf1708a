import { existsSync } from 'node:fs';
import { isSystemError } from '../device/system-error.ts';
import type { IpValue } from '../message/ip-value.ts';
import { Status } from '../message/status.ts';
import type { Machine } from '../platform/machine.ts';
import { apply } from './apply.ts';
import { ChangeBudget } from './change-budget.ts';
import { lockChanges } from './change-lock.ts';
import { Deadline } from './deadline.ts';
import { type Circumstances, type Decided, decide } from './decide.ts';
import { describePlan } from './describe-plan.ts';
import { describeProposal, describeState } from './describe-state.ts';
import { waitUntilReady } from './detect.ts';
import { isInPlace, saveFile, type SavedFile } from './files.ts';
import { keepHistory } from './history.ts';
import type { InjectionResult } from './injection-result.ts';
import type { InjectionSettings } from './injection-settings.ts';
import type { InjectorOptions, Times } from './injector.ts';
import { keepOriginals } from './originals.ts';
import { unwritable } from './out-of-reach.ts';
import type { Plan } from './plan.ts';
import type { Proposal } from './propose.ts';
import { type ChangePaths, changePaths } from './change-paths.ts';
import { readRecord } from './record.ts';
import { type Trusted, trustedWith } from './record-schema.ts';
import { rollBack, type Surroundings } from './roll-back.ts';
import { isRootsOnly } from '../platform/roots-only.ts';
import { readState } from './state.ts';
import { configurationOf, difference, missingOfOthers, unsettled } from './verify.ts';

/** How long the end of another process's change is waited for before one that was cut short is looked for. */
const otherChangeMs = 60_000;
/** How long the family that a request is not about has to come back, once what was asked for is there. */
const otherFamilyMs = 3000;

/** Judges requests and carries them out; one at a time. */
export class Changer {
  readonly #options: InjectorOptions;
  #settings: InjectionSettings;
  readonly #paths: ChangePaths;
  readonly #surroundings: Surroundings;
  readonly #budget: ChangeBudget;

  constructor(options: InjectorOptions) {
    const { settings, log } = options;
    this.#options = options;
    this.#settings = settings;
    this.#paths = changePaths(settings.stateDirectory);
    this.#budget = new ChangeBudget(this.#paths.counts);
    this.#surroundings = { ...options, record: this.#paths.record, warn: log.warning };
  }

  get deadlineMs(): number {
    return this.#settings.deadlineMs;
  }

  /** Undoes a change that a crash or power failure cut short, if there is such a thing. */
  async undoUnfinished(): Promise<void> {
    const { log } = this.#options;
    const { stateDirectory } = this.#settings;
    if (!existsSync(this.#surroundings.record)) return;
    if (!isRootsOnly(stateDirectory)) {
      log.error(`not undoing an interrupted change: users other than root can write to ${stateDirectory}, or above it`);
      return;
    }
    const lock = await lockChanges(this.#paths.lock, new Deadline(otherChangeMs));
    if ('holder' in lock) {
      log.warning(`not undoing an interrupted change: ${lock.holder} is changing addresses`);
      return;
    }
    try {
      const record = readRecord(this.#surroundings.record, this.#trusted);
      if (record === undefined) return;
      log.audit(`undoing the change of ${record.adapter} by ${record.backEnd} that was interrupted`);
      await rollBack(record, this.#surroundings);
    } finally {
      lock.release();
    }
  }

  /** What comes of a request; `answer` is called with the status for the host, unless that is a failure. */
  async serve(value: IpValue, times: Times, answer: (status: Status) => void): Promise<InjectionResult> {
    const { log } = this.#options;
    await this.undoUnfinished();
    const decision = await this.#decide(value, times.owning);
    if (decision.kind === 'refused') {
      answer(decision.status);
      const what = decision.proposal;
      if (what !== undefined) return this.#refuse(what, decision.reason);
      log.info(`refused to set the addresses of adapter '${value.adapterId}': ${decision.reason}`);
      return 'refused';
    }
    for (const remark of decision.remarks) log.info(`in the request for ${decision.target.name}: ${remark}`);
    return await this.#change(decision, value, times, answer);
  }

  async #change(
    decided: Decided,
    value: IpValue,
    times: Times,
    answer: (status: Status) => void,
  ): Promise<InjectionResult> {
    const { machine, log } = this.#options;
    const { policy, changesAMinute, stateDirectory } = this.#settings;
    const { proposal, backEnd, plan } = decided;
    const { adapter } = proposal;
    if (policy.mode === 'dry-run') {
      for (const line of describePlan(plan, machine).split('\n')) log.info(`dry run: ${line}`);
      return this.#refuse(proposal, `ip_injection.mode: a dry run of ${backEnd.name}`);
    }
    if (this.#isDone(decided)) {
      answer(Status.ok);
      log.info(this.#line(decided, `unchanged (${backEnd.name})`));
      return 'unchanged';
    }
    if (!isRootsOnly(stateDirectory)) {
      return this.#refuse(proposal, `users other than root can write to ${stateDirectory}, or above it`);
    }
    const lock = await lockChanges(this.#paths.lock, times.waiting);
    if ('holder' in lock) return this.#refuse(proposal, `${lock.holder} is changing addresses`);
    try {
      if (!this.#budget.take(adapter.name, changesAMinute)) {
        return this.#refuse(proposal, `ip_injection.changes_a_minute: more than ${changesAMinute}`);
      }
      if (existsSync(this.#surroundings.record)) return this.#refuse(proposal, 'an earlier change cannot be undone');
      await waitUntilReady(backEnd, adapter, machine, times.waiting);
      if (times.applying.isOver()) return this.#refuse(proposal, 'no time was left');
      // Decides again: a network manager that has only just come up has changed what there is, and root what is allowed.
      const now = await this.#decide(value, new Deadline(0));
      if (now.kind === 'refused') return this.#refuse(proposal, now.reason);
      if (this.#settings.policy.mode !== 'apply') return this.#refuse(proposal, 'ip_injection.mode: it has changed');
      return await this.#apply(now, times.applying, answer);
    } finally {
      lock.release();
    }
  }

  async #apply(decided: Decided, deadline: Deadline, answer: (status: Status) => void): Promise<InjectionResult> {
    const { machine, platform, log } = this.#options;
    const { proposal, backEnd, plan, former } = decided;
    const { adapter } = proposal;
    const before = { state: former, configuration: configurationOf(plan, machine) };
    const elsewhere = plan.files.find(({ path }) => !this.#trusted.isPlace(path));
    if (elsewhere !== undefined) {
      return this.#refuse(proposal, `${elsewhere.path} is not where networks are configured`);
    }
    for (const file of plan.files) {
      const obstacle = unwritable(machine, file);
      if (obstacle !== undefined) return this.#refuse(proposal, obstacle);
    }
    const isVerified = this.#isVerified(decided);
    const saved = plan.files.map((file) => saveFile(machine, file));
    let patience: Deadline | undefined;
    const change = {
      adapter: adapter.name,
      backEnd: backEnd.name,
      plan,
      saved,
      former,
      isBusy: () => backEnd.isBusy?.(machine, adapter) ?? false,
      difference: async () => {
        if (!isVerified) return undefined;
        const now = await readState(platform, adapter.name);
        const trouble = difference(proposal, before, now) ?? unsettled(proposal, now);
        if (trouble !== undefined) return trouble;
        patience ??= new Deadline(Math.min(otherFamilyMs, deadline.remainingMs() / 2));
        return patience.isOver() ? undefined : missingOfOthers(proposal, former, now);
      },
    };
    const trouble = await apply(change, deadline, this.#surroundings);
    if (trouble !== undefined) {
      log.audit(this.#line(decided, `failed with ${backEnd.name} and undone: ${trouble}`));
      return 'undone';
    }
    this.#keep(decided, saved);
    answer(Status.ok);
    const isStaged = (await readState(platform, adapter.name)).isDisconnected;
    const staged = isStaged ? ', staged: not connected, the addresses apply once it is' : '';
    log.audit(this.#line(decided, `applied by ${backEnd.name}${isVerified ? staged : ', not verified'}`));
    return 'applied';
  }

  /** A change that was made is not undone because it cannot be remembered. */
  #keep(decided: Decided, saved: readonly SavedFile[]): void {
    const { machine, log } = this.#options;
    const { proposal, backEnd, plan, former } = decided;
    const keeping = { machine, trusted: this.#trusted };
    try {
      if (saved.length > 0) keepOriginals(this.#paths.originals, saved, keeping);
      keepHistory(this.#paths.history, this.#trusted, {
        at: new Date().toISOString(),
        adapter: proposal.adapter.name,
        backEnd: backEnd.name,
        from: describeState(former),
        to: describeProposal(proposal),
        former,
        files: saved.map(({ path }) => path),
        undo: plan.undo,
      });
    } catch (error) {
      if (!isSystemError(error)) throw error;
      log.warning(`hvkvp ip revert and deprovision cannot restore the original configuration: ${error.message}`);
    }
  }

  async #decide(value: IpValue, waiting: Deadline): ReturnType<typeof decide> {
    const { platform, machine, current, backEndsOf } = this.#options;
    this.#settings = { ...(await current()), stateDirectory: this.#settings.stateDirectory };
    const settings = this.#settings;
    const circumstances: Circumstances = { platform, machine, settings, backEnds: backEndsOf(settings), waiting };
    return await decide(value, circumstances);
  }

  #isDone(decided: Decided): boolean {
    const { proposal, plan, former } = decided;
    if (!isWritten(plan, this.#options.machine)) return false;
    return (
      !this.#isVerified(decided) || difference(proposal, { state: former, configuration: '' }, former) === undefined
    );
  }

  #isVerified({ backEnd }: Decided): boolean {
    return backEnd.name !== 'script' || this.#settings.verify;
  }

  get #trusted(): Trusted {
    return this.#options.trusted ?? trustedWith(this.#settings.script);
  }

  #refuse(proposal: Proposal, reason: string): InjectionResult {
    const { name } = proposal.adapter;
    this.#options.log.info(`refused to set ${name} to ${describeProposal(proposal)}, nothing was changed: ${reason}`);
    return 'refused';
  }

  #line({ target, proposal, former }: Decided, text: string): string {
    const { adapter } = proposal;
    const port = adapter.name === target.name ? '' : `, whose port ${target.name} it named`;
    const change = `from ${describeState(former) || 'nothing'} to ${describeProposal(proposal)}`;
    return `the host sets ${adapter.name} (${target.guid ?? 'no GUID'}${port}) ${change}: ${text}`;
  }
}

function isWritten({ files, commands }: Plan, machine: Machine): boolean {
  return files.every((file) => isInPlace(machine, file)) && !commands.some(({ writes }) => writes);
}

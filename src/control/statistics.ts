import type { InjectionResult } from '../ip-information/injection-result.ts';
import type { Exchange } from '../message/exchange.ts';
import { statusOf } from '../message/reply.ts';
import type { Operation } from '../message/request.ts';
import { statusName, type StatusName } from '../message/status.ts';
import { type Durations, Histogram } from './histogram.ts';

/** What was counted since the start; times are ISO 8601 in UTC. */
export interface Counts {
  readonly startedAt: string;
  /** When the host last got an answer; null if never. */
  readonly lastRequestAt: string | null;
  readonly registrations: number;
  /** How often a registered daemon has lost the device. */
  readonly losses: number;
  readonly lateReplies: number;
  readonly transactions: readonly OperationCounts[];
  readonly latency: Durations;
  readonly lockWaits: LockWaits;
  readonly injections: Readonly<Record<InjectionResult, number>>;
}

/** Of an operation that was asked for at least once. */
export interface OperationCounts {
  readonly operation: Operation;
  /** Those that occurred. */
  readonly statuses: Readonly<Partial<Record<StatusName, number>>>;
  readonly latency: Durations;
}

/** Requests that had to wait for another program's lock. */
export interface LockWaits {
  readonly count: number;
  readonly totalMs: number;
  readonly longestMs: number;
}

interface Tally {
  readonly statuses: Partial<Record<StatusName, number>>;
  readonly latency: Histogram;
}

/** Counts what happens; never more than a few numbers, however long it runs. */
export class Statistics {
  readonly #now: () => number;
  readonly #startedAt: number;
  readonly #tallies = new Map<Operation, Tally>();
  readonly #latency = new Histogram();
  readonly #injections: Record<InjectionResult, number> = {
    applied: 0,
    unchanged: 0,
    refused: 0,
    undone: 0,
    failed: 0,
  };
  #lastRequestAt: number | undefined;
  #registrations = 0;
  #losses = 0;
  #lateReplies = 0;
  #lockWaits: LockWaits = { count: 0, totalMs: 0, longestMs: 0 };

  /** `now` is the wall clock in milliseconds. */
  constructor(now: () => number = Date.now) {
    this.#now = now;
    this.#startedAt = now();
  }

  exchanged({ request, reply, milliseconds, isLate }: Exchange): void {
    this.#lastRequestAt = this.#now();
    if (isLate) this.#lateReplies += 1;
    const { statuses, latency } = this.#tallyOf(request.operation);
    const status = statusName(statusOf(reply));
    statuses[status] = (statuses[status] ?? 0) + 1;
    latency.observe(milliseconds);
    this.#latency.observe(milliseconds);
  }

  registered(): void {
    this.#registrations += 1;
  }

  lost(): void {
    this.#losses += 1;
  }

  waitedForLock(milliseconds: number): void {
    const { count, totalMs, longestMs } = this.#lockWaits;
    this.#lockWaits = {
      count: count + 1,
      totalMs: totalMs + milliseconds,
      longestMs: Math.max(longestMs, milliseconds),
    };
  }

  injected(result: InjectionResult): void {
    this.#injections[result] += 1;
  }

  counts(): Counts {
    const { count, totalMs, longestMs } = this.#lockWaits;
    return {
      startedAt: iso(this.#startedAt),
      lastRequestAt: this.#lastRequestAt === undefined ? null : iso(this.#lastRequestAt),
      registrations: this.#registrations,
      losses: this.#losses,
      lateReplies: this.#lateReplies,
      transactions: [...this.#tallies].map(([operation, { statuses, latency }]) => ({
        operation,
        statuses: { ...statuses },
        latency: latency.durations(),
      })),
      latency: this.#latency.durations(),
      lockWaits: { count, totalMs: Math.round(totalMs), longestMs: Math.round(longestMs) },
      injections: { ...this.#injections },
    };
  }

  #tallyOf(operation: Operation): Tally {
    const known = this.#tallies.get(operation);
    if (known !== undefined) return known;
    const fresh = { statuses: {}, latency: new Histogram() };
    this.#tallies.set(operation, fresh);
    return fresh;
  }
}

function iso(milliseconds: number): string {
  return new Date(milliseconds).toISOString();
}

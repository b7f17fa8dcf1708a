import os from 'node:os';
import * as v from 'valibot';
import { writePrivately } from './durable-file.ts';
import { readTrusted } from './record.ts';

const minuteMs = 60_000;

/** Times of changes by adapter. */
const countsSchema = v.record(v.string(), v.array(v.number()));

/**
 * Counts changes, so that a host cannot keep a guest's network in motion. The count is in a file, so that whoever can make the process
 * end does not make it forget.
 */
export class ChangeBudget {
  readonly #path: string;
  readonly #now: () => number;

  /** `now`: in milliseconds, and the same clock for all processes of one run of the system. */
  constructor(path: string, now: () => number = () => os.uptime() * 1000) {
    this.#path = path;
    this.#now = now;
  }

  /** Whether one more change of an adapter is allowed, which is then counted. `limit` changes in any minute; 0 is no limit. */
  take(adapter: string, limit: number): boolean {
    if (limit === 0) return true;
    const now = this.#now();
    const counts = this.#recent(now);
    const own = counts.get(adapter) ?? [];
    if (own.length >= limit) return false;
    writePrivately(this.#path, Object.fromEntries(counts.set(adapter, [...own, now])));
    return true;
  }

  /** What is later than now is of an earlier run of the system. */
  #recent(now: number): Map<string, readonly number[]> {
    const counts = readTrusted(this.#path, countsSchema) ?? {};
    const recent = Object.entries(counts).map(
      ([adapter, times]) => [adapter, times.filter((time) => time <= now && now - time < minuteMs)] as const,
    );
    return new Map(recent.filter(([, times]) => times.length > 0));
  }
}

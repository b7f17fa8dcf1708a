const minuteMs = 60_000;

/** Counts changes, so that a host cannot keep a guest's network in motion. */
export class ChangeBudget {
  readonly #now: () => number;
  #taken: readonly number[] = [];

  /** `now` is a steady clock in milliseconds. */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
  }

  /** Whether one more is allowed, which is then counted. `limit` changes in any minute; 0 is no limit. */
  take(limit: number): boolean {
    if (limit === 0) return true;
    const now = this.#now();
    const recent = this.#taken.filter((time) => now - time < minuteMs);
    if (recent.length >= limit) return false;
    this.#taken = [...recent, now];
    return true;
  }
}

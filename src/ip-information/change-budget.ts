const minuteMs = 60_000;

/** Counts changes, so that a host cannot keep a guest's network in motion. */
export class ChangeBudget {
  readonly #limit: number;
  readonly #now: () => number;
  #taken: readonly number[] = [];

  /** `limit` changes in any minute; 0 is no limit. `now` is a steady clock in milliseconds. */
  constructor(limit: number, now: () => number = () => performance.now()) {
    this.#limit = limit;
    this.#now = now;
  }

  /** Whether one more is allowed, which is then counted. */
  take(): boolean {
    if (this.#limit === 0) return true;
    const now = this.#now();
    const recent = this.#taken.filter((time) => now - time < minuteMs);
    if (recent.length >= this.#limit) return false;
    this.#taken = [...recent, now];
    return true;
  }
}

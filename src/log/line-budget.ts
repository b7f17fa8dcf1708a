const burst = 50;
const refillMs = 1000;
const reportAfterMs = 10_000;

/**
 * Counts how many lines may still be written: a burst, then one a second. While nothing is left out no timer runs;
 * what was left out is reported once, ten seconds after the first.
 */
export class LineBudget {
  readonly #report: (leftOut: number) => void;
  #lines = burst;
  #refilledAt = performance.now();
  #leftOut = 0;

  constructor(report: (leftOut: number) => void) {
    this.#report = report;
  }

  /** Whether one more line may be written. */
  take(): boolean {
    this.#refill();
    if (this.#lines >= 1) {
      this.#lines -= 1;
      return true;
    }
    if (this.#leftOut === 0) this.#reportLater();
    this.#leftOut += 1;
    return false;
  }

  #refill(): void {
    const now = performance.now();
    this.#lines = Math.min(burst, this.#lines + (now - this.#refilledAt) / refillMs);
    this.#refilledAt = now;
  }

  #reportLater(): void {
    const report = (): void => {
      this.#report(this.#leftOut);
      this.#leftOut = 0;
    };
    setTimeout(report, reportAfterMs).unref();
  }
}

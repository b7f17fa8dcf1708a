const firstDelayMs = 50;
const longestDelayMs = 5000;

/** Calls back after a delay that doubles from 50 ms to 5 s until it is reset. */
export class BackOff {
  readonly #retry: () => void;
  #delayMs = firstDelayMs;
  #timer: NodeJS.Timeout | undefined;

  constructor(retry: () => void) {
    this.#retry = retry;
  }

  schedule(): void {
    this.#timer = setTimeout(this.#retry, this.#delayMs);
    this.#delayMs = Math.min(this.#delayMs * 2, longestDelayMs);
  }

  reset(): void {
    this.#delayMs = firstDelayMs;
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }
}

const intervalMs = 100;
const toLineStart = '\r\u001b[K';

/** How far a long work is, on a line of standard error that is gone at the end; nothing if that is no terminal. */
export class Progress {
  readonly #what: string;
  #shownAt = -Infinity;

  constructor(what: string) {
    this.#what = what;
  }

  tell(done: number, of: number): void {
    const now = performance.now();
    if (!process.stderr.isTTY || now - this.#shownAt < intervalMs) return;
    this.#shownAt = now;
    process.stderr.write(`${toLineStart}${this.#what} ${done} of ${of}`);
  }

  end(): void {
    if (process.stderr.isTTY) process.stderr.write(toLineStart);
  }
}

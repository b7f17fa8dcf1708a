/** As long as changes of addresses are counted, so that our end makes nobody forget them. */
const idleMs = 60_000;

/** When the helper ends: never in the middle of what it was asked for. */
export class Life {
  #connections = 0;
  #isFinished = false;
  #idleMs = Infinity;
  #idle: NodeJS.Timeout | undefined;

  /** How many there are now. */
  get connections(): number {
    return this.#connections;
  }

  /** A connection begins. */
  begin(): void {
    this.#connections += 1;
    clearTimeout(this.#idle);
  }

  /** And ends. */
  end(): void {
    this.#connections -= 1;
    this.#check();
  }

  /** Nobody can ask any more. */
  finish(): void {
    this.#isFinished = true;
    this.#check();
  }

  /** Whoever asks next has us started again. */
  endWhenIdle(): void {
    this.#idleMs = idleMs;
    this.#check();
  }

  #check(): void {
    if (this.#connections > 0) return;
    if (this.#isFinished) process.exit(0);
    if (this.#idleMs === Infinity) return;
    this.#idle = setTimeout(() => process.exit(0), this.#idleMs);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';

/** How many checks had which outcome. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
}

/** Runs checks one by one, prints what came of them, and counts. */
export class Outcomes {
  readonly #checkTimeoutMs: number;
  #passed = 0;
  #failed = 0;

  constructor(checkTimeoutMs = usualTimeoutMs) {
    this.#checkTimeoutMs = checkTimeoutMs;
  }

  /** Prints the outcome of a check; if it failed, with what `said` tells then. Returns whether it passed. */
  async check(sentence: string, body: () => Promise<void>, said: () => string | Promise<string>): Promise<boolean> {
    const start = performance.now();
    const failure = await failureOf(body, this.#checkTimeoutMs);
    const seconds = ((performance.now() - start) / millisecondsInSecond).toFixed(1).padStart(shownTime);
    if (failure === undefined) {
      this.#passed += 1;
      console.log(`ok     ${seconds} s  ${sentence}`);
      return true;
    }
    this.#failed += 1;
    console.log(`FAILED ${seconds} s  ${sentence}\n${readable(failure)}\n${readable(await said())}`);
    return false;
  }

  get tally(): Tally {
    return { passed: this.#passed, failed: this.#failed };
  }

  /** Prints the closing line. Returns whether all checks passed. */
  report(): boolean {
    console.log(`\n${this.#passed} passed, ${this.#failed} failed`);
    return this.#failed === 0;
  }
}

async function failureOf(body: () => Promise<void>, timeoutMs: number): Promise<string | undefined> {
  const patience = new AbortController();
  const tooLong = sleep(timeoutMs, 'it did not end', { signal: patience.signal });
  tooLong.catch(() => undefined);
  try {
    return (await Promise.race([body(), tooLong])) ?? undefined;
  } catch (error) {
    if (error instanceof Error) return error.message;
    throw error;
  } finally {
    patience.abort();
  }
}

const usualTimeoutMs = 60_000;
const millisecondsInSecond = 1000;
const shownTime = 5;

/** Indented, lines cut, statuses in the form that they are known by. */
function readable(text: string): string {
  const lines = text
    .trim()
    .split('\n')
    .map((line) => `        ${line.slice(0, shownColumns)}`);
  return lines.join('\n').replaceAll(/\b2147\d{6}\b/g, (status) => `0x${Number(status).toString(hexadecimal)}`);
}

const shownColumns = 160;
const hexadecimal = 16;

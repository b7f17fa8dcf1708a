import { setTimeout } from 'node:timers/promises';

/** A moment after which something is of no use any more. */
export class Deadline {
  readonly #end: number;

  constructor(milliseconds: number) {
    this.#end = performance.now() + milliseconds;
  }

  remainingMs(): number {
    return Math.max(0, Math.ceil(this.#end - performance.now()));
  }

  isOver(): boolean {
    return this.remainingMs() === 0;
  }
}

const pauseMs = 100;

/**
 * Asks again and again until there is an answer; undefined if there is none in time. For what changes in the kernel or in another
 * program, where nothing reports it: asked at least once, and a last time when the time is over.
 */
export async function answerWithin<T>(deadline: Deadline, ask: () => T | Promise<T>): Promise<T> {
  for (;;) {
    const isLast = deadline.isOver();
    const answer = await ask();
    if (answer !== undefined || isLast) return answer;
    await setTimeout(Math.min(pauseMs, deadline.remainingMs()));
  }
}

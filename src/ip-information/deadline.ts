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
const growth = 1.25;

/**
 * Asks again and again until there is an answer; undefined if there is none in time. For what changes in the kernel or in another
 * program, where nothing reports it: asked at least once, and a last time when the time is over. The pauses grow to the longest.
 */
export async function answerWithin<T>(
  deadline: Deadline,
  ask: () => T | Promise<T>,
  longestPauseMs = pauseMs,
): Promise<T> {
  for (let nextMs = pauseMs; ; nextMs = Math.min(nextMs * growth, longestPauseMs)) {
    const isLast = deadline.isOver();
    const answer = await ask();
    if (answer !== undefined || isLast) return answer;
    await setTimeout(Math.min(nextMs, deadline.remainingMs()));
  }
}

import { setTimeout } from 'node:timers';
import type { Awaitable } from '../message/awaitable.ts';

/** What an attempt returns when another process holds the lock. */
export const held = Symbol('held');

export interface Patience {
  readonly timeoutMs: number;
  /** What to throw once the time is up. */
  readonly giveUp: () => unknown;
  /** Told after a wait, however it ended. */
  readonly onWaited?: ((milliseconds: number) => void) | undefined;
}

const firstPauseMs = 1;
const longestPauseMs = 25;

/**
 * Attempts at once, and as long as the lock is held again and again, without holding up the event loop meanwhile. Each attempt
 * takes all locks or none, so that nobody waits for us while we wait for another.
 */
export function whenFree<T>(attempt: () => T | typeof held, patience: Patience): Awaitable<T> {
  const result = attempt();
  return result === held ? retry(attempt, patience) : result;
}

async function retry<T>(attempt: () => T | typeof held, patience: Patience): Promise<T> {
  const begun = performance.now();
  try {
    return await retryUntil(begun + patience.timeoutMs, attempt, patience.giveUp);
  } finally {
    patience.onWaited?.(performance.now() - begun);
  }
}

async function retryUntil<T>(deadline: number, attempt: () => T | typeof held, giveUp: () => unknown): Promise<T> {
  for (let pauseMs = firstPauseMs; ; pauseMs = Math.min(pauseMs + pauseMs, longestPauseMs)) {
    const leftMs = deadline - performance.now();
    if (leftMs <= 0) throw giveUp();
    await pause(Math.min(pauseMs, leftMs));
    const result = attempt();
    if (result !== held) return result;
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

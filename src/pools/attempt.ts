import { setImmediate, setTimeout } from 'node:timers';
import { makeSystemError } from '../device/system-error.ts';
import type { Awaitable } from '../message/awaitable.ts';

/** How an attempt at a pool ended. */
export type Attempt<T> = Ended<T> | Unfinished<T>;

export type Ended<T> = Done<T> | Again;

export interface Done<T> {
  readonly kind: 'done';
  readonly value: T;
}

/**
 * To be made again. `locked`: later, because another process holds a lock. `busy`: later, because another call of ours does. `stale`: at once, because the file is not what was known
 * of it. `spoilt`: at once, because a neighbour that takes no locks changed it meanwhile, so that what we wrote may not be there.
 */
export interface Again {
  readonly kind: 'locked' | 'busy' | 'stale' | 'spoilt';
}

/** Under way, and locks are held; to go on once the event loop has had its turn. */
export interface Unfinished<T> {
  readonly kind: 'unfinished';
  readonly goOn: () => Attempt<T>;
}

export const locked: Again = { kind: 'locked' };
export const busy: Again = { kind: 'busy' };
export const stale: Again = { kind: 'stale' };
export const spoilt: Again = { kind: 'spoilt' };

export function done<T>(value: T): Done<T> {
  return { kind: 'done', value };
}

/** What follows once an attempt has ended. */
export function whenEnded<T, U>(attempt: Attempt<T>, use: (ended: Ended<T>) => Attempt<U>): Attempt<U> {
  if (attempt.kind !== 'unfinished') return use(attempt);
  return { kind: 'unfinished', goOn: () => whenEnded(attempt.goOn(), use) };
}

/** How long other work waits for a long one of ours. */
const sliceMs = 5;

/** Does work in steps: those that fit into one slice of time at once, the others later. */
export function inSlices<T>(steps: Iterator<undefined, Ended<T>>): Attempt<T> {
  const end = performance.now() + sliceMs;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() >= end) return { kind: 'unfinished', goOn: () => inSlices(steps) };
  }
}

/** Does all steps at once. */
export function atOnce<T>(steps: Iterator<undefined, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

export interface Patience {
  /** How long to wait for a lock. */
  readonly timeoutMs: number;
  /** Asked after a moment: whether there is reason to wait any longer. */
  readonly isWorthwhile?: (() => boolean) | undefined;
  /** What to throw once the time is up. */
  readonly giveUp: () => unknown;
  /** Gives up a wait, by its reason; what has begun is done all the same. */
  readonly signal?: AbortSignal | undefined;
  /** Called after a wait for a lock, however it ended. */
  readonly onWaited?: ((milliseconds: number) => void) | undefined;
}

/** As long as whoever reads a pool under a lock takes, on a busy machine too. */
const momentMs = 250;
const firstPauseMs = 1;
const longestPauseMs = 25;
/** How often neighbours may get in the way of one operation before it fails. */
const mostTries = 100;

/**
 * Attempts at once, and as long as the lock is held again and again, without holding up the event loop meanwhile. Each attempt
 * takes all locks or none, so that nobody waits for us while we wait for another.
 */
export function patiently<T>(attempt: () => Attempt<T>, patience: Patience): Awaitable<T> {
  const result = attemptNow(attempt);
  return result.kind === 'done' ? result.value : finish(result, attempt, patience);
}

/** Until it has to wait for something. */
function attemptNow<T>(attempt: () => Attempt<T>): Attempt<T> {
  for (let tries = 0; tries < mostTries; tries += 1) {
    const result = attempt();
    if (result.kind !== 'stale' && result.kind !== 'spoilt') return result;
  }
  throw makeSystemError('EAGAIN', 'write', 'other programs keep changing it without a lock');
}

async function finish<T>(first: Attempt<T>, attempt: () => Attempt<T>, patience: Patience): Promise<T> {
  let result = isHeldUp(first) ? await retry(attempt, patience) : first;
  while (result.kind === 'unfinished') {
    await turn();
    result = result.goOn();
  }
  return result.kind === 'done' ? result.value : await patiently(attempt, patience);
}

function isHeldUp<T>({ kind }: Attempt<T>): boolean {
  return kind === 'locked' || kind === 'busy';
}

async function retry<T>(attempt: () => Attempt<T>, patience: Patience): Promise<Attempt<T>> {
  const begun = performance.now();
  try {
    return await retrySince(begun, attempt, patience);
  } finally {
    patience.onWaited?.(performance.now() - begun);
  }
}

/** Other calls of ours come to an end by themselves, however long they take. */
async function retrySince<T>(begun: number, attempt: () => Attempt<T>, patience: Patience): Promise<Attempt<T>> {
  const { timeoutMs, isWorthwhile = () => true, giveUp, signal } = patience;
  let isAsked = false;
  for (let pauseMs = firstPauseMs, isLocked = true; ; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
    const waitedMs = performance.now() - begun;
    if (isLocked && waitedMs >= timeoutMs) throw giveUp();
    if (isLocked && waitedMs >= momentMs && !isAsked) {
      if (!isWorthwhile()) throw giveUp();
      isAsked = true;
    }
    await pause(isLocked ? Math.min(pauseMs, timeoutMs - waitedMs) : pauseMs);
    signal?.throwIfAborted();
    const result = attemptNow(attempt);
    if (!isHeldUp(result)) return result;
    isLocked = result.kind === 'locked';
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms);
  });
}

function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

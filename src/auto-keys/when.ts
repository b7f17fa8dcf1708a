import type { Awaitable } from '../message/awaitable.ts';

/** What `use` makes of the value: at once if the value is there, so that no request waits without need. */
export function when<T, U>(value: Awaitable<T>, use: (value: T) => U): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

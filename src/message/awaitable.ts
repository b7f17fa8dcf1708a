/** A value that is there at once, or, when something had to be waited for, a promise of it. */
export type Awaitable<T> = T | Promise<T>;

/** Goes on with a value: at once if it is there, without the detour that `await` takes. */
export function whenReady<T, U>(value: Awaitable<T>, use: (value: T) => Awaitable<U>): Awaitable<U> {
  return value instanceof Promise ? value.then(use) : use(value);
}

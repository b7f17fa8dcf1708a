/** A value that is there at once, or, when something had to be waited for, a promise of it. */
export type Awaitable<T> = T | Promise<T>;

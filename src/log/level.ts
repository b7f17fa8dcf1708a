/** syslog(3)'s priorities, as far as we use them. */
export const levels = { error: 3, warning: 4, notice: 5, info: 6, debug: 7 } as const;

export type Level = keyof typeof levels;

// The keys of an object that is written out above are known.
export const levelNames = Object.keys(levels) as readonly Level[];

/** How every command of `hvkvp` ends. */
export const ExitStatus = {
  ok: 0,
  /** What was asked for is not there, or the answer is no. */
  notFound: 1,
  /** The words of the command, or what it was given to write, cannot be used. Nothing was changed. */
  usage: 2,
  /** The system failed: no permission, a file that is no pool, a lock that stays held. */
  io: 3,
  /** What was waited for has not come in its time. */
  timeUp: 4,
} as const;

export type ExitStatus = (typeof ExitStatus)[keyof typeof ExitStatus];

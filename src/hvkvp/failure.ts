/** What was asked for is not there; ends a command with status 1. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** What was waited for has not come in its time; ends a command with status 4. */
export class TimeUp extends Error {
  override readonly name = 'TimeUp';
}

/** The words of a command, or what it was given to write, cannot be used; ends it with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

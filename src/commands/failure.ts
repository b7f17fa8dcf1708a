/** What was asked for is not there; ends a command with status 1. */
export class NotFound extends Error {
  override readonly name = 'NotFound';
}

/** The words of a command, or what it was given to write, cannot be used; ends it with status 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

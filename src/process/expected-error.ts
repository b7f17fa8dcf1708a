import { isSystemError } from '../device/system-error.ts';

/** What an administrator can mend; anything else is a bug and keeps its stack. */
export function isExpected(error: unknown): error is Error {
  return isSystemError(error) || (error instanceof Error && error.name === 'ConfigurationError');
}

import { isSystemError, type SystemError } from './system-error.ts';

/** Whether a call failed for want of rights, so that root could make it. */
export function isDenied(error: unknown): error is SystemError {
  return isSystemError(error) && ['EACCES', 'EPERM'].includes(error.code);
}

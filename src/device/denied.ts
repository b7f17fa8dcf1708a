import { isSystemError } from './system-error.ts';

/** Whether a call failed for want of rights, so that root could make it. */
export function isDenied(error: unknown): boolean {
  return isSystemError(error) && ['EACCES', 'EPERM'].includes(error.code);
}

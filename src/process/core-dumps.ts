import { native } from '../device/native.ts';
import { isSystemError, systemError } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';

/** Keeps values out of core files, unless those are wanted. A system that refuses, as FreeBSD does under a debugger, costs a warning. */
export function allowCoreDumps(allowed: boolean, log: Log): void {
  try {
    native.allowCoreDumps(allowed);
  } catch (cause) {
    const error = systemError(cause);
    if (!isSystemError(error)) throw error;
    log.warning(`cannot ${allowed ? 'allow' : 'forbid'} core dumps: ${error.message}`);
  }
}

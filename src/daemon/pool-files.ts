import { isSystemError } from '../device/system-error.ts';
import type { Services } from '../operations/services.ts';

/** Creates what is missing of the five pool files. A failure is logged: the pools that exist are served all the same. */
export function createPoolFiles({ pools, log }: Services): void {
  try {
    pools.createMissing();
  } catch (error) {
    if (!isSystemError(error)) throw error;
    log.error(error.message);
  }
}

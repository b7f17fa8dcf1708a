import { readFileSync } from 'node:fs';
import { isSystemError } from '../device/system-error.ts';

/**
 * Which run of the system this is; a power failure begins another one. Linux has an id for it; elsewhere it is "", and every crash
 * is taken for one that a power failure may have been.
 */
export function currentBoot(): string {
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'latin1').trim();
  } catch (error) {
    if (isSystemError(error)) return '';
    throw error;
  }
}

import { readFileSync } from 'node:fs';
import { unlessFails } from '../device/system-error.ts';

/**
 * Which run of the system this is; a power failure begins another one. Linux has an id for it; elsewhere it is "", and every crash
 * is taken for one that a power failure may have been.
 */
export function currentBoot(): string {
  return unlessFails(() => readFileSync('/proc/sys/kernel/random/boot_id', 'latin1'))?.trim() ?? '';
}

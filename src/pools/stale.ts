import { lstatSync } from 'node:fs';
import os from 'node:os';

const msPerSecond = 1000;

/** When this run of the system began, in ms since 1970, reckoned as cloud-init does: now less the time since. */
export function bootTimeMs(): number {
  return Date.now() - os.uptime() * msPerSecond;
}

/** Whether nobody has changed a pool file since the system started, so that its contents are of an earlier life; false if there is none. */
export function isStale(path: string): boolean {
  const status = lstatSync(path, { throwIfNoEntry: false });
  return status !== undefined && status.mtimeMs < bootTimeMs();
}

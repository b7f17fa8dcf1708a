import { existsSync, lstatSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { dirname, join } from 'node:path';
import { unlessFails } from '../device/system-error.ts';
import { currentBoot } from '../platform/current-boot.ts';
import { privateModes } from '../platform/private-modes.ts';

/** Where it is noted when the system started, in the folder of the journals. */
export function bootPath(stateDirectory: string): string {
  return join(stateDirectory, 'boot');
}

/**
 * Notes when the system started, as the clock says now, unless that has been noted since. Nothing is noted where the system does not
 * distinguish one start from another, or before there is a folder, and so a change of ours.
 */
export function noteBoot(path: string): void {
  const boot = currentBoot();
  if (boot === '' || !existsSync(dirname(path)) || notedMs(path) !== undefined) return;
  writeFileSync(path, `${boot} ${clockLessUptimeMs()}\n`, { mode: privateModes.file });
}

/**
 * When the system started, in ms since 1970, by the clock that wrote the times of files: the earlier of what was noted then and what
 * the clock says now. It is set forward when a saved machine goes on; a file of this run must not look older than the run.
 */
export function bootTimeMs(path: string): number {
  return Math.min(clockLessUptimeMs(), notedMs(path) ?? Infinity);
}

/** Whether nobody has changed a pool file since the system started, so that its contents are of an earlier life; false if there is none. */
export function isStale(pool: string, bootTime: number): boolean {
  const status = lstatSync(pool, { throwIfNoEntry: false });
  return status !== undefined && status.mtimeMs < bootTime;
}

/** As cloud-init reckons it. The time since the start goes on while the machine sleeps: CLOCK_BOOTTIME. */
function clockLessUptimeMs(): number {
  return Date.now() - os.uptime() * 1000;
}

function notedMs(path: string): number | undefined {
  // Without the note, or the right to read it, the clock has to do.
  const note = unlessFails(() => readFileSync(path, 'latin1'), 'ENOENT', 'ENOTDIR', 'EACCES') ?? '';
  const [boot, time] = note.trim().split(' ');
  const timeMs = Number(time);
  return boot === currentBoot() && timeMs > 0 ? timeMs : undefined;
}

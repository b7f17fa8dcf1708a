import { closeSync, writeSync } from 'node:fs';
import { unlessFails } from '../device/system-error.ts';
import type { Supervisor } from './supervisor.ts';

/** Set in the environment of the process in the background. */
export const backgroundVariable = 'HV_KVP_DAEMON_BACKGROUND';

/** The descriptor on which that process reports {@link started} to its starter, or what is wrong. */
export const startedFd = 3;
export const started = 'started';

/** Whether this process is the one in the background: it has no terminal and reports to its starter. */
export function isInBackground(): boolean {
  return process.env[backgroundVariable] !== undefined;
}

/** A driver answers a registration at once; one that does not is waited for no longer by the starter. */
const longestStartMs = 1000;

/** In the background the end of the start is reported to the starter too: with the first report to the supervisor. */
export function tellingStarter(supervisor: Supervisor): Supervisor {
  if (!isInBackground()) return supervisor;
  setTimeout(tellStarter, longestStartMs, started).unref();
  return {
    ...supervisor,
    tell: (state) => {
      supervisor.tell(state);
      tellStarter(started);
    },
  };
}

let isTold = false;

/** Tells the starter, which then ends, that the daemon runs, or why not. Only the first time: then the starter is gone. */
export function tellStarter(trouble: string): void {
  if (isTold) return;
  isTold = true;
  // A starter that was ended meanwhile does not want to know.
  unlessFails(() => writeSync(startedFd, trouble), 'EPIPE');
  closeSync(startedFd);
}

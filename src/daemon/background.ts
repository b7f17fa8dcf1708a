import { closeSync, writeSync } from 'node:fs';

/** Set in the environment of the process in the background. */
export const variable = 'HV_KVP_DAEMON_BACKGROUND';

/** The descriptor on which that process tells its starter {@link started}, or what is wrong. */
export const startedFd = 3;
export const started = 'started';

/** Whether this process is the one in the background: it has no terminal and tells its starter how it went. */
export function isInBackground(): boolean {
  return process.env[variable] !== undefined;
}

/** Tells the starter, which then ends, that the daemon runs, or why not. */
export function tellStarter(trouble: string = started): void {
  writeSync(startedFd, trouble);
  closeSync(startedFd);
}

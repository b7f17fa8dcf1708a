import { native } from '../device/native.ts';
import { isSystemError, systemError } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';

/** Who started us and wants to know how it goes: systemd, by sd_notify(3)'s protocol. */
export interface Supervisor {
  readonly isPresent: boolean;
  /** What the daemon does now, in one line. The first time, it says that the start is complete. */
  readonly tell: (state: string) => void;
  /** The configuration is read anew, until `reloaded`. */
  readonly reloading: () => void;
  readonly reloaded: () => void;
  readonly stopping: () => void;
}

/**
 * The supervisor that the environment names, which then forgets it: it is not for the commands that we run. Without one,
 * nothing is done. A timer runs only where a unit asks for a sign of life (WatchdogSec=).
 */
export function supervisorOf(environment: NodeJS.ProcessEnv, log: Log): Supervisor {
  const { NOTIFY_SOCKET: socket, WATCHDOG_USEC: watchdog, WATCHDOG_PID: watched } = environment;
  for (const name of ['NOTIFY_SOCKET', 'WATCHDOG_USEC', 'WATCHDOG_PID']) Reflect.deleteProperty(environment, name);
  if (socket === undefined) return nobody;

  const send = (...assignments: readonly string[]): void => {
    try {
      native.sendDatagram(socket, assignments.join('\n'));
    } catch (thrown) {
      const error = systemError(thrown, socket);
      if (!isSystemError(error)) throw error;
      log.warning(`cannot tell the supervisor ${assignments.join(', ')}: ${error.message}`);
    }
  };
  if (watchdog !== undefined && isForUs(watched)) {
    setInterval(send, signsOfLifePauseMs(watchdog), 'WATCHDOG=1');
  }
  return {
    isPresent: true,
    tell: (state) => {
      send('READY=1', `STATUS=${state}`);
    },
    reloading: () => {
      send('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / nanosecondsInMicrosecond}`);
    },
    reloaded: () => {
      send('READY=1');
    },
    stopping: () => {
      send('STOPPING=1');
    },
  };
}

const nothing = (): void => undefined;
const nobody: Supervisor = {
  isPresent: false,
  tell: nothing,
  reloading: nothing,
  reloaded: nothing,
  stopping: nothing,
};

function isForUs(pid: string | undefined): boolean {
  return pid === undefined || Number(pid) === process.pid;
}

/** Half of the time after which we would be taken for dead, as sd_watchdog_enabled(3) recommends. */
function signsOfLifePauseMs(microseconds: string): number {
  return Number(microseconds) / microsecondsInMillisecond / signsOfLife;
}

const signsOfLife = 2;
const microsecondsInMillisecond = 1000;
const nanosecondsInMicrosecond = 1000n;

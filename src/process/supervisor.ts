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

  const messages = new Messages(socket, log);
  const send = (...assignments: readonly string[]): void => {
    messages.send(assignments.join('\n'));
  };
  if (watchdog !== undefined && isForUs(watched)) {
    // Half of the time after which we would be taken for dead, as sd_watchdog_enabled(3) recommends: given in µs.
    setInterval(send, Number(watchdog) / 1000 / 2, 'WATCHDOG=1');
  }
  return {
    isPresent: true,
    tell: (state) => {
      send('READY=1', `STATUS=${state}`);
    },
    reloading: () => {
      send('RELOADING=1', `MONOTONIC_USEC=${process.hrtime.bigint() / 1000n}`);
    },
    reloaded: () => {
      send('READY=1');
    },
    stopping: () => {
      send('STOPPING=1');
    },
  };
}

/** Messages, in order, for a supervisor that may not read for a while; nothing waits for it. */
class Messages {
  readonly #socket: string;
  readonly #log: Log;
  #unsent: readonly string[] = [];

  constructor(socket: string, log: Log) {
    this.#socket = socket;
    this.#log = log;
  }

  send(message: string): void {
    const isFirst = this.#unsent.length === 0;
    // Of one who does not read for long, the last messages say how it is.
    this.#unsent = [...this.#unsent.filter((unsent) => unsent !== message), message].slice(-mostUnsent);
    if (isFirst) this.#sendAll();
  }

  #sendAll(): void {
    for (let message = this.#unsent[0]; message !== undefined; message = this.#unsent[0]) {
      if (!this.#isSent(message)) {
        setTimeout(() => {
          this.#sendAll();
        }, retryMs).unref();
        return;
      }
      this.#unsent = this.#unsent.slice(1);
    }
  }

  /** Whether it need not be sent again: it was, or cannot be. */
  #isSent(message: string): boolean {
    try {
      native.sendDatagram(this.#socket, message);
    } catch (thrown) {
      const error = systemError(thrown, this.#socket);
      if (!isSystemError(error)) throw error;
      if (error.code === 'EAGAIN' || error.code === 'ENOBUFS') return false;
      this.#log.warning(`cannot notify the supervisor of ${message.replaceAll('\n', ', ')}: ${error.message}`);
    }
    return true;
  }
}

const mostUnsent = 16;
const retryMs = 100;

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

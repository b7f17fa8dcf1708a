import { askStatus, ControlError, type ControlTrouble } from '../../control/client.ts';
import type { StatusReport } from '../../control/protocol.ts';

/** What we need of a running daemon's status. */
export type DaemonReport = Pick<
  StatusReport,
  'pid' | 'device' | 'privileges' | 'startedAt' | 'lastRequestAt' | 'pools' | 'transactions'
>;

/** Why no daemon says anything, and what to do about it. */
export interface Silence {
  readonly silence: string;
  readonly remedy: string;
}

/** Asks the daemon at a control socket; "": the configuration gives it none. */
export async function askDaemon(controlSocket: string): Promise<DaemonReport | Silence> {
  if (controlSocket === '') {
    return { silence: 'the daemon has no control socket', remedy: 'set control.socket in the configuration' };
  }
  try {
    return await askStatus({ path: controlSocket });
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    return { silence: error.message, remedy: remedies[error.trouble] };
  }
}

const remedies: Readonly<Record<ControlTrouble, string>> = {
  'no-daemon': 'start the daemon of this package',
  forbidden: 'run this as root',
  silent: 'see the daemon’s log; restart it',
  'not-understood': 'restart the daemon: it is of another version',
};

import { version } from '../configuration/version.ts';
import { isSystemError } from '../device/system-error.ts';
import type { Log } from '../log/log.ts';
import type { Observer } from './observer.ts';

export interface Control {
  close(): void;
}

/** Opens the control socket, unless its path is "". Loaded late: a daemon serves its host first. A failure is one warning. */
export function openControl(path: string, observer: Observer, log: Log): Control {
  let close = (): void => undefined;
  let isClosed = false;
  const open = async (): Promise<void> => {
    const { ControlServer } = await import('../control/server.ts');
    const server = await ControlServer.open({
      path,
      version,
      status: () => observer.status(),
      warn: log.warning,
    });
    close = () => {
      server.close();
    };
    if (isClosed) close();
    else observer.tellClientsOf(server);
  };
  if (path !== '') {
    open().catch((error: unknown) => {
      if (!isSystemError(error)) throw error;
      log.warning(`nobody can ask this daemon how it does: ${error.message}`);
    });
  }
  return {
    close() {
      isClosed = true;
      close();
    },
  };
}

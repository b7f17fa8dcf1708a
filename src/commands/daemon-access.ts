import { askStatus, ControlClient, ControlError } from '../control/client.ts';
import type { StatusReport } from '../control/protocol.ts';
import { NotFound } from './failure.ts';

/** Connects to the daemon at a control socket. Throws {@link NotFound} if there is none, ControlError if it cannot be asked. */
export async function connectToDaemon(socket: string): Promise<ControlClient> {
  return await saidPlainly(socket, () => ControlClient.connect({ path: socket }));
}

/** How the daemon at a control socket does; throws as {@link connectToDaemon}. */
export async function askDaemon(socket: string): Promise<StatusReport> {
  return await saidPlainly(socket, () => askStatus({ path: socket }));
}

async function saidPlainly<T>(socket: string, ask: () => Promise<T>): Promise<T> {
  if (socket === '') throw new NotFound('there is no control socket in this configuration; --socket names one');
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof ControlError && cause.trouble === 'no-daemon')) throw cause;
    throw new NotFound(`no daemon listens at ${socket}; as root, start one: hv_kvp_daemon`, { cause });
  }
}

import { askOnce, ControlClient, ControlError } from '../../control/client.ts';
import type { AutoKeyReport, StatusReport } from '../../control/protocol.ts';
import { existsBelow, type Machine, thisMachine } from '../../platform/machine.ts';
import { type Platform, platform } from '../../platform/platform.ts';
import { thisSystem } from '../../platform/this-system.ts';
import { NotFound } from '../failure.ts';

/** Connects to the daemon at a control socket. Throws {@link NotFound} if there is none, ControlError if it cannot be asked. */
export async function connectToDaemon(socket: string): Promise<ControlClient> {
  return await saidPlainly(socket, () => ControlClient.connect({ path: socket }));
}

/** What the daemon at a control socket says; throws as {@link connectToDaemon}. */
export async function askDaemon<T>(socket: string, ask: (client: ControlClient) => Promise<T>): Promise<T> {
  return await saidPlainly(socket, () => askOnce({ path: socket }, ask));
}

/** A status as commands show it. */
export interface StatusWithAutoKeys extends StatusReport {
  readonly autoKeys: readonly AutoKeyReport[];
}

async function saidPlainly<T>(socket: string, ask: () => Promise<T>): Promise<T> {
  if (socket === '') throw new NotFound('no control socket is configured; pass --socket');
  try {
    return await ask();
  } catch (cause) {
    if (!(cause instanceof ControlError && cause.trouble === 'no-daemon')) throw cause;
    throw new NotFound(
      `no daemon listens at ${socket}; as root, start one: ${startOn(thisMachine, platform(thisSystem))}`,
      { cause },
    );
  }
}

/** What the daemon at a control socket says; undefined if none can be asked: then `say` gets the reason. */
export async function askIfRunning<T>(
  socket: string,
  say: (text: string) => void,
  ask: (client: ControlClient) => Promise<T>,
): Promise<T | undefined> {
  try {
    if (socket === '') throw new ControlError('no-daemon', 'no control socket is configured');
    return await askOnce({ path: socket }, ask);
  } catch (error) {
    if (!(error instanceof ControlError)) throw error;
    say(`no daemon answered, so this was determined here: ${error.message}`);
    return undefined;
  }
}

/** The command that starts the daemon of this package on a machine. */
export function startOn(machine: Machine, { service }: Pick<Platform, 'service'>): string {
  return service.files.some((file) => existsBelow(machine, file)) ? service.start : 'hv_kvp_daemon';
}

import { constants } from 'node:os';
import { isSystemError } from '../../device/system-error.ts';
import { ExitStatus } from '../exit-status.ts';
import { GuestFailure, type GuestOptions, SimulatedGuest } from './guest.ts';

/** A shell's way to say which signal ended a program. */
const signalStatus = 128;

/**
 * Starts a guest, does something with it and takes it away, however that ends; returns the exit status. A daemon that does not
 * start or ends by itself, and what the system fails to do, is printed on standard error, and is status 1.
 */
export async function playGuest(
  options: GuestOptions,
  play: (guest: SimulatedGuest) => Promise<ExitStatus>,
): Promise<ExitStatus> {
  exitOnSignals();
  try {
    const guest = new SimulatedGuest(options);
    try {
      await guest.start();
      return await guest.whileAlive(play(guest));
    } finally {
      await guest.stop();
    }
  } catch (error) {
    if (!(error instanceof GuestFailure || isSystemError(error))) throw error;
    process.stderr.write(`hvkvp simulate: ${error.message}\n`);
    return ExitStatus.notFound;
  }
}

/** Leads every end to the exit handler that takes the daemon and the temporary folder away. */
function exitOnSignals(): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(signalStatus + constants.signals[signal]));
  }
}

import { type BootOptions, runMachine } from './machine.ts';

/**
 * Boots a guest with the real KVP driver, runs a shell command there as root, switches the guest off and returns the
 * command's status. The guest sees the files of this machine at their own paths; what it writes is gone in the end.
 * Throws if the guest did not come to the end of the command.
 */
export function boot(command: string, options: BootOptions): Promise<number> {
  return runMachine(
    command,
    { script: 'guest', environment: {}, processor: 'max', devices: [], parameters: [] },
    options,
  );
}

import type { Driver } from '../hyper-v.ts';
import type { Machine } from '../machine.ts';

/** kldstat(8) knows what is in the kernel as well as what was loaded. */
export async function readDriver(machine: Machine): Promise<Driver> {
  const isThere = await succeeds(machine, 'kldstat', ['-q', '-m', 'vmbus/hv_kvp']);
  const isModule = await succeeds(machine, 'kldstat', ['-q', '-n', 'hv_utils']);
  return {
    hasVmbus: await succeeds(machine, 'sysctl', ['-n', 'dev.vmbus.0.%desc']),
    utilities: isThere ? (isModule ? 'loaded' : 'built in') : 'missing',
    load: 'kldload hv_utils',
  };
}

/** The driver attaches to the service as long as the host offers it. */
export async function readOffer(machine: Machine): Promise<boolean> {
  return await succeeds(machine, 'sysctl', ['-n', 'dev.hvkvp.0.%desc']);
}

/** The driver makes the device when it has attached, and takes a registration from then on. */
// eslint-disable-next-line @typescript-eslint/no-unused-vars -- the same question as on Linux.
export function isChannelOpen(_machine: Machine): boolean {
  return true;
}

async function succeeds(machine: Machine, program: string, args: readonly string[]): Promise<boolean> {
  return (await machine.run(program, args)).status === 0;
}

import { constants } from 'node:fs';
import type { DeviceState, Holder, Holders } from '../hyper-v.ts';
import { isOwnDaemon } from '../kvp-daemon.ts';
import { type Machine, mayAccess, readStatus } from '../machine.ts';

/**
 * Does not open the device: the driver (hv_kvp.c) keeps the process that opened it last and kills it when the host withdraws the
 * service, also if it has long closed the device; by then another process may be in its place.
 */
export function probeDevice(machine: Machine, device: string): DeviceState {
  const status = readStatus(machine, device);
  if (status === undefined) return 'missing';
  if (!status.isCharacterDevice() && !status.isSocket()) return 'no device';
  return mayAccess(machine, device, constants.R_OK | constants.W_OK) ? 'usable' : 'denied';
}

/** By fstat(1), which shows the processes of others to all unless security.bsd.see_other_uids forbids it. */
export async function readHolders(machine: Machine, device: string): Promise<Holders> {
  const { status, output } = await machine.run('fstat', [device]);
  const [, ...lines] = output.trim().split('\n');
  const holders = lines.flatMap((line) => {
    const [, name = '', pid = ''] = line.split(/\s+/);
    return /^\d+$/.test(pid) ? [{ name, pid: Number(pid) }] : [];
  });
  const identified = await Promise.all(holders.map((holder) => identify(machine, holder)));
  return { holders: identified, unseen: status === 0 ? await hidden(machine) : 'fstat prints nothing' };
}

/** The first process is root's: whoever does not see it may not see a daemon either. */
async function hidden(machine: Machine): Promise<string> {
  const { status } = await machine.run('ps', ['-o', 'pid=', '-p', '1']);
  return status === 0
    ? ''
    : 'the system does not show the processes of other users (security.bsd.see_other_uids, or a jail)';
}

async function identify(machine: Machine, { name, pid }: Pick<Holder, 'name' | 'pid'>): Promise<Holder> {
  const { output } = await machine.run('ps', ['-o', 'command=', '-p', String(pid)]);
  return { name, pid, isOurs: isOwnDaemon(output.trim()) };
}

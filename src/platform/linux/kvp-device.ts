import { constants } from 'node:fs';
import type { DeviceState, Holder, Holders } from '../hyper-v.ts';
import { isOwnDaemon } from '../kvp-daemon.ts';
import { below, listFolder, type Machine, mayAccess, readLink, readStatus } from '../machine.ts';
import { processAt, processes, showsOthers } from '../processes.ts';

/**
 * Opens a device that nobody is known to hold, and closes it at once: only that reveals a holder in another PID namespace and of
 * a service that the host has withdrawn. Without a registration the driver (hv_utils_transport.c) loses nothing by it: it goes
 * back to the state in which it waits for a daemon, and requests of the host stay where they are. A daemon that opens the device in
 * the same microseconds would be refused. A socket is a simulated driver's, which would take us for a daemon.
 */
export function probeDevice(machine: Machine, device: string): DeviceState {
  const status = readStatus(machine, device);
  if (status === undefined) return 'missing';
  if (!status.isCharacterDevice() && !status.isSocket()) return 'no device';
  if (!mayAccess(machine, device, constants.R_OK | constants.W_OK)) return 'denied';
  if (status.isSocket() || readHolders(machine, device).holders.length > 0) return 'usable';
  const code = machine.tryOpen(below(machine, device));
  if (code === undefined) return 'usable';
  if (code === 'EBUSY') return 'busy';
  return ['EACCES', 'EPERM'].includes(code) ? 'denied' : 'withdrawn';
}

/** By /proc/PID/fd, which only root may read of all. */
export function readHolders(machine: Machine, device: string): Holders {
  const pids = processes(machine);
  const folderOf = (pid: string): string => `/proc/${pid}/fd`;
  const holders = pids.filter((pid) =>
    listFolder(machine, folderOf(pid)).some((fd) => readLink(machine, `${folderOf(pid)}/${fd}`) === device),
  );
  const isOpen = pids.every((pid) => mayAccess(machine, folderOf(pid), constants.R_OK));
  return { holders: holders.map((pid) => holderOf(machine, pid)), unseen: unseen(showsOthers(pids), isOpen) };
}

function unseen(isShown: boolean, isOpen: boolean): string {
  if (!isShown) return '/proc does not show the processes of other users (hidepid)';
  return isOpen ? '' : 'other users’ processes are not accessible';
}

function holderOf(machine: Machine, pid: string): Holder {
  const { words, ...process } = processAt(machine, pid);
  return { ...process, isOurs: isOwnDaemon(words.join(' ')) };
}

import type { Driver } from '../hyper-v.ts';
import { existsBelow, listFolder, type Machine, readText } from '../machine.ts';

const bus = '/sys/bus/vmbus';
/** HV_KVP_GUID in <linux/hyperv.h>. */
const kvpClass = '{a9a0f4e7-5a45-4d96-b827-8a841e8c03e6}';

/** A driver that is registered is there, as a module or in the kernel. */
export function readDriver(machine: Machine): Driver {
  const isModule = /^hv_utils /m.test(readText(machine, '/proc/modules') ?? '');
  const isThere = existsBelow(machine, `${bus}/drivers/hv_utils`);
  return {
    hasVmbus: existsBelow(machine, bus),
    utilities: isThere ? (isModule ? 'loaded' : 'built in') : 'missing',
    load: 'modprobe hv_utils',
  };
}

/** CHANNEL_OPENED_STATE in <linux/hyperv.h>. */
const openedState = '3';

/** Whether one of the bus's devices is the KVP service: the host takes it away when "Data Exchange" is switched off. */
export function readOffer(machine: Machine): boolean {
  return findService(machine) !== undefined;
}

/**
 * Whether the driver's channel to the host is open; true where that is unknown. A kernel without commit 07a756a49f4b makes the device
 * before that, and a registration then dereferences NULL in it.
 */
export function isChannelOpen(machine: Machine): boolean {
  const service = findService(machine);
  const state = service && readText(machine, `${service}/state`)?.trim();
  return state === undefined || state === openedState;
}

/** The folder of the bus's device that is the KVP service. */
function findService(machine: Machine): string | undefined {
  return listFolder(machine, `${bus}/devices`)
    .map((device) => `${bus}/devices/${device}`)
    .find((device) => readText(machine, `${device}/class_id`)?.trim().toLowerCase() === kvpClass);
}

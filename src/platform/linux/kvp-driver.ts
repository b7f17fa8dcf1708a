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

/** Whether one of the bus's devices is the KVP service: the host takes it away when "Data Exchange" is switched off. */
export function readOffer(machine: Machine): boolean {
  return listFolder(machine, `${bus}/devices`).some(
    (device) => readText(machine, `${bus}/devices/${device}/class_id`)?.trim().toLowerCase() === kvpClass,
  );
}

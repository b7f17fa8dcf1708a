import type { HyperV } from '../hyper-v.ts';
import type { Machine } from '../machine.ts';
import { readDaemons } from './daemons.ts';
import { readHypervisor } from './hypervisor.ts';
import { probeDevice, readHolders } from './kvp-device.ts';
import { readDriver, readOffer } from './kvp-driver.ts';
import { readServices } from './services.ts';

/** Hyper-V as Linux sees it. */
export function createHyperV(machine: Machine): HyperV {
  return {
    readHypervisor: () => readHypervisor(machine),
    readDriver: () => readDriver(machine),
    readOffer: () => readOffer(machine),
    probeDevice: (device) => probeDevice(machine, device),
    readHolders: (device) => readHolders(machine, device),
    readDaemons: () => readDaemons(machine),
    readServices: () => readServices(machine),
  };
}

// What Hyper-V, the kernel and the service manager are asked on FreeBSD.
export { readDaemons } from './daemons.ts';
export { readHypervisor } from './hypervisor.ts';
export { probeDevice, readHolders } from './kvp-device.ts';
export { readDriver, readOffer } from './kvp-driver.ts';
export { readServices } from './services.ts';

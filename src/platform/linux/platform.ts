// What a Linux system is asked.
export { readAdapters } from './adapters.ts';
export { conventions } from './conventions.ts';
export { readDefaultRoutes } from './default-routes.ts';
export { readDhcpState } from './dhcp-state.ts';
export { isChannelOpen } from './kvp-driver.ts';
export { readLinks, readLinkStates } from './links.ts';
export { readListeners } from './listeners.ts';
export { readNameServers } from './name-servers.ts';
export { readDistribution, readKernel } from './operating-system.ts';

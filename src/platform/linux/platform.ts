import { readAddresses } from '../addresses.ts';
import { nameInHostsFile } from '../hosts-file.ts';
import { hasLifetime } from '../leased.ts';
import type { Machine } from '../machine.ts';
import { readNetwork } from '../network.ts';
import type { Platform } from '../platform.ts';
import { readAdapters } from './adapters.ts';
import { conventions } from './conventions.ts';
import { readDefaultRoutes } from './default-routes.ts';
import { readDhcpState } from './dhcp-state.ts';
import { isChannelOpen } from './kvp-driver.ts';
import { readLinks } from './links.ts';
import { readListeners } from './listeners.ts';
import { readNameServers } from './name-servers.ts';
import { readDistribution, readKernel } from './operating-system.ts';

/** A Linux system. */
export function createPlatform(machine: Machine): Platform {
  return {
    system: 'linux',
    ...conventions,
    isChannelOpen: () => isChannelOpen(machine),
    hostName: machine.hostName,
    lookUpDomainName: machine.canonicalName,
    nameInHostsFile: (hostName) => nameInHostsFile(machine, hostName),
    readKernel: () => readKernel(machine),
    readDistribution: () => readDistribution(machine),
    readAdapters: () => readAdapters(machine),
    readLinks: (names, states) => readLinks(machine, states, names),
    readAddresses: () => readAddresses(machine),
    readListeners: (port) => readListeners(machine, port),
    readDefaultRoutes: (family) => readDefaultRoutes(machine, family),
    readNetwork: () => readNetwork(machine, (family) => readDefaultRoutes(machine, family)),
    readNameServers: (adapter) => readNameServers(machine, adapter),
    readDhcpState: (adapter) => readDhcpState(machine, adapter) ?? hasLifetime(machine, adapter),
  };
}

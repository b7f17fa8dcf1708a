import { readAddresses } from '../addresses.ts';
import type { Machine } from '../machine.ts';
import type { Platform } from '../platform.ts';
import { readAdapters } from './adapters.ts';
import { conventions } from './conventions.ts';
import { readDefaultRoutes } from './default-routes.ts';
import { readDhcpState } from './dhcp-state.ts';
import { lookUpDomainName } from './domain-name.ts';
import { readNameServers } from './name-servers.ts';
import { readDistribution, readKernel } from './operating-system.ts';

/** A FreeBSD system. */
export function createPlatform(machine: Machine): Platform {
  return {
    system: 'freebsd',
    ...conventions,
    hostName: machine.hostName,
    lookUpDomainName: (hostName, signal) => lookUpDomainName(machine, hostName, signal),
    readKernel: () => readKernel(machine),
    readDistribution: () => readDistribution(machine),
    readAdapters: () => readAdapters(machine),
    readAddresses: () => readAddresses(machine),
    readDefaultRoutes: (family) => readDefaultRoutes(machine, family),
    readNameServers: (adapter) => readNameServers(machine, adapter),
    readDhcpState: (adapter) => readDhcpState(machine, adapter),
  };
}

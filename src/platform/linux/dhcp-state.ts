import type { Machine } from '../machine.ts';
import { dhcpcdUsesDhcp } from '../network-managers/dhcpcd/configuration.ts';
import { hasDhclientLease } from '../network-managers/dhclient.ts';
import { hasDhcpcdLease } from '../network-managers/dhcpcd.ts';
import { ifcfgUsesDhcp } from '../network-managers/ifcfg/uses-dhcp.ts';
import { ifupdownUsesDhcp } from '../network-managers/ifupdown/uses-dhcp.ts';
import { networkManagerUsesDhcp } from '../network-managers/network-manager.ts';
import { networkdUsesDhcp } from '../network-managers/networkd.ts';
import { udhcpcRunsFor } from '../network-managers/udhcpc.ts';

/**
 * Whether DHCP is on, as the network manager says that has the adapter: first those which say so of a running system. Undefined if
 * nothing that we may read says so.
 */
export function readDhcpState(machine: Machine, adapter: string): boolean | undefined {
  return (
    networkdUsesDhcp(machine, adapter) ??
    networkManagerUsesDhcp(machine, adapter) ??
    ifupdownUsesDhcp(machine, adapter) ??
    dhcpcdUsesDhcp(machine, adapter) ??
    ifcfgUsesDhcp(machine, adapter) ??
    hasDhclientLease(machine, adapter, leasePaths(adapter)) ??
    hasDhcpcdLease(machine, adapter) ??
    udhcpcRunsFor(machine, adapter)
  );
}

/** Debian's and Red Hat's. */
function leasePaths(adapter: string): readonly string[] {
  return [
    `/var/lib/dhcp/dhclient.${adapter}.leases`,
    '/var/lib/dhcp/dhclient.leases',
    `/var/lib/dhclient/dhclient-${adapter}.leases`,
    '/var/lib/dhclient/dhclient.leases',
  ];
}

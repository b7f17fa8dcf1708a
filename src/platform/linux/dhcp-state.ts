import type { Machine } from '../machine.ts';
import { hasDhclientLease } from '../network-managers/dhclient.ts';
import { ifcfgUsesDhcp } from '../network-managers/ifcfg.ts';
import { ifupdownUsesDhcp } from '../network-managers/ifupdown.ts';
import { networkManagerUsesDhcp } from '../network-managers/network-manager.ts';
import { networkdUsesDhcp } from '../network-managers/networkd.ts';

/**
 * Whether DHCP is on, as the network manager says that has the adapter: first those which say so of a running system. Undefined if
 * nothing that we may read says so.
 */
export function readDhcpState(machine: Machine, adapter: string): boolean | undefined {
  return (
    networkdUsesDhcp(machine, adapter) ??
    networkManagerUsesDhcp(machine, adapter) ??
    ifupdownUsesDhcp(machine, adapter) ??
    ifcfgUsesDhcp(machine, adapter) ??
    hasDhclientLease(machine, adapter, leasePaths(adapter))
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

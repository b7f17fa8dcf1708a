import { isAddress } from '../address-form.ts';
import { readAssignments } from '../assignments.ts';
import type { Machine } from '../machine.ts';
import { readResolverConfiguration } from '../resolver-configuration.ts';

/**
 * The servers that dhclient(8) gave resolvconf(8) for the adapter, behind those that resolvconf.conf(5) puts before all; else those of the
 * whole system.
 */
export function readNameServers(machine: Machine, adapter: string): readonly string[] {
  const own = readResolverConfiguration(machine, `/var/run/resolvconf/interfaces/${adapter}`);
  const first = readAssignments(machine, '/etc/resolvconf.conf')?.get('name_servers')?.split(/\s+/) ?? [];
  const all = [...new Set([...first.filter(isAddress), ...own])];
  return own.length > 0 ? all : readResolverConfiguration(machine, '/etc/resolv.conf');
}

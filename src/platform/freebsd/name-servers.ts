import type { Machine } from '../machine.ts';
import { readResolverConfiguration } from '../resolver-configuration.ts';

/** The servers that dhclient(8) gave resolvconf(8) for the adapter, else those of the whole system. */
export function readNameServers(machine: Machine, adapter: string): readonly string[] {
  const own = readResolverConfiguration(machine, `/var/run/resolvconf/interfaces/${adapter}`);
  return own.length > 0 ? own : readResolverConfiguration(machine, '/etc/resolv.conf');
}

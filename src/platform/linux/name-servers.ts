import type { Machine } from '../machine.ts';
import { networkManagerNameServers } from '../network-managers/network-manager.ts';
import { networkdNameServers } from '../network-managers/networkd.ts';
import { leadsToResolved } from '../network-managers/resolver.ts';
import { isLoopbackServer, readResolverConfiguration } from '../resolver-configuration.ts';

/** Where the programs whose stub stands in resolv.conf write down the servers which it asks. */
const upstreamPaths = ['/run/systemd/resolve/resolv.conf', '/run/NetworkManager/no-stub-resolv.conf'];

/**
 * The adapter's own servers where the resolver asks them, else those of the whole system; where that has none at all, those that
 * systemd-networkd keeps for whoever will ask.
 */
export async function readNameServers(machine: Machine, adapter: string): Promise<readonly string[]> {
  const own = networkdNameServers(machine, adapter);
  if (own.length > 0 && leadsToResolved(machine)) return own;
  const all = readSystemServers(machine);
  // Those that NetworkManager has are not asked where it must leave resolv.conf alone.
  const managed = (await networkManagerNameServers(machine, adapter)).filter((server) => all.includes(server));
  if (managed.length > 0) return managed;
  return all.length > 0 ? all : own;
}

function readSystemServers(machine: Machine): readonly string[] {
  const servers = readResolverConfiguration(machine, '/etc/resolv.conf');
  if (!servers.every(isLoopbackServer)) return servers;
  const upstream = upstreamPaths.map((path) => readResolverConfiguration(machine, path));
  return upstream.find((found) => found.length > 0) ?? servers;
}

import type { Machine } from '../machine.ts';
import { networkdNameServers } from '../network-managers/networkd.ts';
import { isLoopbackServer, readResolverConfiguration } from '../resolver-configuration.ts';

/** Where the programs whose stub stands in resolv.conf write down the servers which it asks. */
const upstreamPaths = ['/run/systemd/resolve/resolv.conf', '/run/NetworkManager/no-stub-resolv.conf'];

/** The adapter's own servers where they are known, else those of the whole system. */
export function readNameServers(machine: Machine, adapter: string): readonly string[] {
  const own = networkdNameServers(machine, adapter);
  return own.length > 0 ? own : readSystemServers(machine);
}

function readSystemServers(machine: Machine): readonly string[] {
  const servers = readResolverConfiguration(machine, '/etc/resolv.conf');
  if (!servers.every(isLoopbackServer)) return servers;
  const upstream = upstreamPaths.map((path) => readResolverConfiguration(machine, path));
  return upstream.find((found) => found.length > 0) ?? servers;
}

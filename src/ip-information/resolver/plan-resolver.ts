import { isInstalled } from '../../platform/installed.ts';
import {
  findResolver,
  globalNameServers,
  waitsForServers,
  writesItself,
} from '../../platform/network-managers/resolver.ts';
import { existsBelow, listFolder, type Machine, readText } from '../../platform/machine.ts';
import { leavesResolver } from '../../platform/network-managers/dhcpcd/configuration.ts';
import { ifupdownProgram } from '../../platform/network-managers/ifupdown/program.ts';
import { isRunning } from '../../platform/processes.ts';
import type { BackEndName, Impossible, PlannedFile } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { resolverFile } from './resolver-file.ts';

interface ResolverPlan {
  readonly files: readonly PlannedFile[];
}

const nothing: ResolverPlan = { files: [] };

/**
 * What has to be done besides a network manager's own configuration so that the name servers of a request are asked: nothing where
 * the manager passes them to the resolver, an edit of /etc/resolv.conf where nobody writes it. Impossible where neither would be heeded.
 */
export async function planResolver(
  { adapter, families, dhcp, dnsServers }: Proposal,
  backEnd: BackEndName,
  wasDhcp: boolean,
  machine: Machine,
): Promise<ResolverPlan | Impossible> {
  const feeder = feederOf(backEnd, adapter.name, machine);
  if (dnsServers.length === 0 || feeder === undefined) return nothing;
  if (feeder === 'dhcpcd' && !leavesResolver(machine, adapter.name)) return nothing;
  const resolver = findResolver(machine);
  const others =
    feeder === 'network-manager' && (resolver !== 'plain' || writesItself(machine))
      ? globalNameServers(machine)
      : undefined;
  if (others !== undefined && dnsServers.some(({ address }) => !others.includes(address))) {
    return {
      impossible: `NetworkManager's configuration has all domains asked at ${others.join(', ')} (global-dns-domain-*)`,
    };
  }
  switch (resolver) {
    case 'nowhere':
      return { impossible: '/etc/resolv.conf points to a missing file: no DNS server would be used' };
    case 'plain': {
      if (writesFile(feeder, machine)) return nothing;
      const isLeased = families.includes('ipv4') ? dhcp : wasDhcp;
      if (feeder === 'ifupdown' && waitsForServers(machine) && (await hasHook(machine, 'resolvconf'))) return nothing;
      // dhclient and udhcpc write it anew with each lease.
      if (feeder === 'ifupdown' && isLeased) return { impossible: 'the DHCP client writes /etc/resolv.conf itself' };
      return resolverFile(dnsServers, machine);
    }
    default:
      return (await isFed(resolver, feeder, machine))
        ? nothing
        : { impossible: `${resolver} manages the DNS servers, and ${feeder} does not pass any to it` };
  }
}

/** The network manager whose configuration names the servers; undefined for one that sees to the resolver itself. */
function feederOf(
  backEnd: BackEndName,
  adapter: string,
  machine: Machine,
): 'networkd' | 'network-manager' | 'ifupdown' | 'dhcpcd' | undefined {
  switch (backEnd) {
    case 'dhcpcd':
    case 'networkd':
    case 'network-manager':
    case 'ifupdown':
      return backEnd;
    case 'netplan':
      return existsBelow(machine, `/run/systemd/network/10-netplan-${adapter}.network`) ||
        !isRunning(machine, 'NetworkManager')
        ? 'networkd'
        : 'network-manager';
    default:
      return undefined;
  }
}

function writesFile(feeder: string, machine: Machine): boolean {
  return feeder === 'network-manager' && writesItself(machine);
}

async function isFed(resolver: string, feeder: string, machine: Machine): Promise<boolean> {
  switch (resolver) {
    case 'resolved':
      return feeder !== 'ifupdown' || (await hasHook(machine, 'resolved')) || isInstalled(machine, 'resolvconf');
    case 'resolvconf':
      return feeder === 'network-manager' || (feeder === 'ifupdown' && (await hasHook(machine, 'resolvconf')));
    case 'network-manager':
      return feeder === 'network-manager';
    default:
      return false;
  }
}

/**
 * Whether ifup(8) passes the servers of a stanza on. Debian adds such a hook to its packages; openresolv itself has none. ifupdown-ng
 * does not tell hooks the family, without which Debian's do nothing.
 */
async function hasHook(machine: Machine, to: 'resolved' | 'resolvconf'): Promise<boolean> {
  const name = listFolder(machine, hooks).find((one) => one.endsWith(to));
  if (name === undefined) return false;
  const asksForFamily = (readText(machine, `${hooks}/${name}`) ?? '').includes('ADDRFAM');
  return !asksForFamily || (await ifupdownProgram(machine)) !== 'ifupdown-ng';
}

const hooks = '/etc/network/if-up.d';

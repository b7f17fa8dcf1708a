import { readAssignments } from '../../platform/assignments.ts';
import { readDefaultRoutes } from '../../platform/freebsd/default-routes.ts';
import { existsBelow, type Machine, readText } from '../../platform/machine.ts';
import { ofFamily } from '../family.ts';
import { dottedMask, type Subnet } from '../parse.ts';
import { type BackEnd, type Command, fileModes, type PlannedFile } from '../plan.ts';
import type { Gateway, Proposal } from '../propose.ts';
import { beyondPlainGateways } from './plain-gateways.ts';

const configuration = '/etc/rc.conf';
const resolver = '/etc/resolv.conf';
const resolvconfConfiguration = '/etc/resolvconf.conf';

/** FreeBSD's own rc.conf(5), by sysrc(8): of its variables only those that differ are touched. */
export const freebsd: BackEnd = {
  name: 'freebsd',
  manages: () => true,
  isReady: () => true,
  async plan(proposal, machine) {
    const { adapter } = proposal;
    const obstacle = beyondPlainGateways(proposal);
    if (obstacle !== undefined) return obstacle;
    const changes = sysrcCommands(await wantedVariables(proposal, machine), machine, configuration);
    const dns = nameServerPlan(proposal, machine);
    const restart = restartCommands(adapter.name);
    return {
      before: [],
      files: [saved(configuration), ...dns.files],
      commands: [...changes, ...dns.commands, ...restart],
      undo: { before: [], commands: [...dns.undo, ...restart] },
    };
  },
};

/** A file that a command changes. */
function saved(path: string): PlannedFile {
  return { path, text: undefined, mode: fileModes.public };
}

/** netif takes the routes away with the addresses; routing ends with a status for each route that is there already. */
function restartCommands(adapter: string): readonly Command[] {
  return [
    { program: 'service', args: ['netif', 'restart', adapter] },
    { program: 'service', args: ['routing', 'restart'], judgedBy: 'nothing' },
  ];
}

/** Variables by name; undefined: there shall be none. */
type Variables = ReadonlyMap<string, string | undefined>;

async function wantedVariables(proposal: Proposal, machine: Machine): Promise<Variables> {
  const { adapter, dhcp, addresses, gateways } = proposal;
  const prefix = `ifconfig_${adapter.name.replace(/\W/g, '_')}`;
  const [ipv4, ...ipv4Aliases] = ofFamily('ipv4', addresses).map(inet);
  const [ipv6, ...ipv6Aliases] = ofFamily('ipv6', addresses).map(inet6);
  const aliases = [...ipv4Aliases, ...ipv6Aliases].map((alias, index) => [`${prefix}_alias${index}`, alias] as const);
  const formerAliases = [...(readAssignments(machine, configuration)?.keys() ?? [])]
    .filter((name) => name.startsWith(`${prefix}_alias`))
    .map((name) => [name, undefined] as const);
  return new Map<string, string | undefined>([
    ...formerAliases,
    // A variable without an address brings the interface up all the same.
    [prefix, dhcp ? 'SYNCDHCP' : (ipv4 ?? 'up')],
    [`${prefix}_ipv6`, ipv6 ?? 'inet6 accept_rtadv'],
    ...aliases,
    ...(await routerVariable('defaultrouter', 'ipv4', ofFamily('ipv4', gateways), adapter.name, machine)),
    ...(await routerVariable('ipv6_defaultrouter', 'ipv6', ofFamily('ipv6', gateways), adapter.name, machine)),
  ]);
}

function inet({ address, prefixLength }: Subnet): string {
  return `inet ${address} netmask ${dottedMask(prefixLength)}`;
}

function inet6({ address, prefixLength }: Subnet): string {
  return `inet6 ${address} prefixlen ${prefixLength}`;
}

/** There is one a family for the whole system. It goes if the adapter had it; another adapter's stays. */
async function routerVariable(
  name: string,
  family: 'ipv4' | 'ipv6',
  [gateway]: readonly Gateway[],
  adapter: string,
  machine: Machine,
): Promise<readonly (readonly [string, string | undefined])[]> {
  if (gateway !== undefined) return [[name, scoped(gateway.address, adapter)]];
  const routes = await readDefaultRoutes(machine, family);
  const former = readAssignments(machine, configuration)?.get(name)?.replace(/%.*/, '');
  const isOurs = routes.some((route) => route.adapter === adapter && route.gateway === former);
  return isOurs ? [[name, undefined]] : [];
}

/** A router's link-local address is of a link. */
function scoped(address: string, adapter: string): string {
  return address.startsWith('fe80:') ? `${address}%${adapter}` : address;
}

function sysrcCommands(wanted: Variables, machine: Machine, file: string): readonly Command[] {
  const now = readAssignments(machine, file) ?? new Map<string, string>();
  const set = [...wanted].flatMap(([name, value]) =>
    value === undefined || now.get(name) === value ? [] : [`${name}=${value}`],
  );
  const gone = [...wanted].flatMap(([name, value]) => (value === undefined && now.has(name) ? [name] : []));
  return [
    ...(set.length === 0 ? [] : [{ program: 'sysrc', args: ['-f', file, ...set], writes: true as const }]),
    ...(gone.length === 0 ? [] : [{ program: 'sysrc', args: ['-f', file, '-ix', ...gone], writes: true as const }]),
  ];
}

interface NameServerPlan {
  readonly files: readonly PlannedFile[];
  readonly commands: readonly Command[];
  readonly undo: readonly Command[];
}

const nothing: NameServerPlan = { files: [], commands: [], undo: [] };

/** By resolvconf(8) where it is, else in resolv.conf(5) itself; without servers in the request what is there stays. */
function nameServerPlan({ dnsServers }: Proposal, machine: Machine): NameServerPlan {
  if (dnsServers.length === 0) return nothing;
  const servers = dnsServers.map(({ address }) => address);
  if (!existsBelow(machine, '/sbin/resolvconf')) return resolverFile(servers, machine);
  const wanted = new Map([['name_servers', servers.join(' ')]]);
  const changes = sysrcCommands(wanted, machine, resolvconfConfiguration);
  const update: Command = { program: 'resolvconf', args: ['-u'] };
  if (changes.length === 0) return nothing;
  return { files: [saved(resolvconfConfiguration), saved(resolver)], commands: [...changes, update], undo: [update] };
}

function resolverFile(servers: readonly string[], machine: Machine): NameServerPlan {
  const former = readText(machine, resolver) ?? '';
  const others = former.split('\n').filter((line) => line.trim() !== '' && !/^\s*nameserver\b/.test(line));
  const text = [...others, ...servers.map((server) => `nameserver ${server}`), ''].join('\n');
  return text === former
    ? nothing
    : { files: [{ path: resolver, text, mode: fileModes.public }], commands: [], undo: [] };
}

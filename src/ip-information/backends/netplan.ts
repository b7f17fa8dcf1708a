import type { Document } from 'yaml';
import type { Adapter } from '../../platform/adapter.ts';
import { existsBelow, listFolder, type Machine, readText } from '../../platform/machine.ts';
import { cidr, ofFamily } from '../family.ts';
import { type BackEnd, type Command, fileModes, type PlannedFile } from '../plan.ts';
import type { Proposal } from '../propose.ts';
import { networkManager } from './network-manager.ts';
import { isConfiguring, networkd } from './networkd.ts';

const folder = '/etc/netplan';

/**
 * Netplan: a file of ours beside the others. Netplan puts lists of several files together, so the addresses of the adapter are
 * taken out of the other files.
 */
export const netplan: BackEnd = {
  name: 'netplan',
  manages: async (machine, adapter) =>
    existsBelow(machine, '/usr/sbin/netplan') &&
    (await definitions(machine)).some(({ ids }) => ids(adapter).length > 0),
  // Whichever of the two it configures.
  isReady: async (machine, adapter) =>
    (await networkd.isReady(machine, adapter)) || (await networkManager.isReady(machine, adapter)),
  isBusy: isConfiguring,
  async plan(proposal, machine) {
    const { adapter } = proposal;
    const found = await definitions(machine);
    const id = found.flatMap(({ ids }) => ids(adapter))[0] ?? adapter.name;
    const own = { path: ownPath(adapter), text: await ownText(id, proposal), mode: fileModes.private };
    return {
      before: [],
      files: [...found.flatMap((definition) => withoutAddresses(definition, id)), own],
      commands: [
        // Finds what is wrong with the files before anything has been touched.
        { program: 'netplan', args: ['generate'] },
        ...applied(adapter),
      ],
      undo: { before: [], commands: applied(adapter) },
    };
  },
};

/** Netplan leaves addresses be that systemd-networkd finds when it is started, such as those of a former DHCP. */
function applied({ name }: Adapter): readonly Command[] {
  return [
    { program: 'netplan', args: ['apply'] },
    { program: 'networkctl', args: ['reconfigure', name], judgedBy: 'nothing' },
  ];
}

function ownPath({ name }: Adapter): string {
  return `${folder}/90-hyperv-kvp-${name}.yaml`;
}

/** A file of netplan's. */
interface Definition {
  readonly path: string;
  readonly document: Document;
  /** The names under which it speaks of an adapter. */
  readonly ids: (adapter: Adapter) => readonly string[];
}

/** Those that others wrote; without those that are no YAML, about which netplan itself will complain. */
async function definitions(machine: Machine): Promise<readonly Definition[]> {
  const names = listFolder(machine, folder).filter((name) => name.endsWith('.yaml') && !name.startsWith(ownPrefix));
  if (names.length === 0) return [];
  const { parseDocument } = await import('yaml');
  return names.flatMap((name) => {
    const path = `${folder}/${name}`;
    const document = parseDocument(readText(machine, path) ?? '');
    if (document.errors.length > 0) return [];
    const ethernets = entriesOf(member(member(document.toJS(), 'network'), 'ethernets'));
    const ids = (adapter: Adapter): readonly string[] =>
      ethernets.filter(([id, settings]) => speaksOf(adapter, id, settings)).map(([id]) => id);
    return [{ path, document, ids }];
  });
}

const ownPrefix = '90-hyperv-kvp-';

/** By `match`, or else by its name alone. */
function speaksOf(adapter: Adapter, id: string, settings: unknown): boolean {
  const match = member(settings, 'match');
  if (match === undefined) return id === adapter.name;
  const mac = member(match, 'macaddress');
  const name = member(match, 'name');
  if (typeof mac === 'string' && mac.toLowerCase() !== adapter.mac) return false;
  if (typeof name === 'string' && !matchesPattern(adapter.name, name)) return false;
  return typeof mac === 'string' || typeof name === 'string';
}

/** A pattern in which "*" stands for anything. */
function matchesPattern(name: string, pattern: string): boolean {
  const literal = pattern.split('*').map((part) => part.replace(/[^\w]/g, '\\$&'));
  return new RegExp(`^${literal.join('.*')}$`).test(name);
}

const addressKeys = ['addresses', 'gateway4', 'gateway6', 'dhcp4', 'dhcp6', 'accept-ra'];
const defaultDestinations: readonly unknown[] = ['default', '0.0.0.0/0', '::/0', '0/0'];

function withoutAddresses({ path, document }: Definition, id: string): readonly PlannedFile[] {
  const settings = ['network', 'ethernets', id];
  const ofAddresses = [...addressKeys.map((key) => [...settings, key]), [...settings, 'nameservers', 'addresses']];
  const routes = entriesOf(member(member(member(member(document.toJS(), 'network'), 'ethernets'), id), 'routes'));
  const defaultRoutes = routes
    .filter(([, route]) => defaultDestinations.includes(member(route, 'to')))
    .map(([index]) => [...settings, 'routes', Number(index)])
    .reverse();
  const gone = [...ofAddresses, ...defaultRoutes].filter((keys) => document.hasIn(keys));
  for (const keys of gone) document.deleteIn(keys);
  return gone.length === 0
    ? []
    : [{ path, text: document.toString({ flowCollectionPadding: false, lineWidth: 0 }), mode: fileModes.private }];
}

async function ownText(id: string, proposal: Proposal): Promise<string> {
  const { stringify } = await import('yaml');
  const { dhcp, addresses, gateways, dnsServers } = proposal;
  const settings = {
    dhcp4: dhcp,
    dhcp6: false,
    'accept-ra': ofFamily('ipv6', addresses).length === 0,
    ...(addresses.length > 0 && { addresses: addresses.map(cidr) }),
    ...(gateways.length > 0 && {
      routes: gateways.map(({ family, address, onLink }, index) => ({
        to: family === 'ipv4' ? '0.0.0.0/0' : '::/0',
        via: address,
        ...(onLink && { 'on-link': true }),
        metric: (index + 1) * metricStep,
      })),
    }),
    ...(dnsServers.length > 0 && { nameservers: { addresses: dnsServers.map(({ address }) => address) } }),
  };
  const text = stringify({ network: { version: 2, ethernets: { [id]: settings } } });
  return `# Written by hyperv-kvp for the Hyper-V host.\n${text}`;
}

const metricStep = 100;

function member(value: unknown, name: string): unknown {
  return entriesOf(value).find(([key]) => key === name)?.[1];
}

function entriesOf(value: unknown): readonly (readonly [string, unknown])[] {
  return typeof value === 'object' && value !== null ? Object.entries(value) : [];
}

import { type Machine, readText } from '../machine.ts';
import { parseNameServers } from '../resolver-configuration.ts';
import { readSections } from '../sections.ts';
import { readInterfaceIndex } from './interface-index.ts';
import { networkFileOf, readNetworkdDefinition, valuesOf } from './networkd-definition.ts';

const folder = '/run/systemd/netif';

/** Values of `DHCP=` that ask for an IPv4 address, the older spellings too. */
const ipv4Values = ['yes', 'true', 'on', '1', 'ipv4', 'v4', 'both'];

/** Whether systemd-networkd has the adapter use DHCP; undefined if it does not manage it, or by a file that we cannot read. */
export function networkdUsesDhcp(machine: Machine, adapter: string): boolean | undefined {
  if (networkFileOf(machine, adapter) === undefined) return undefined;
  const index = readInterfaceIndex(machine, adapter);
  if (readText(machine, `${folder}/leases/${index}`) !== undefined) return true;
  const definition = readNetworkdDefinition(machine, adapter);
  return definition && ipv4Values.includes(valuesOf(definition, 'Network', 'DHCP').at(-1) ?? '');
}

/** The adapter's own servers: those that a program gave to systemd-resolved, else those that systemd-networkd found. */
export function networkdNameServers(machine: Machine, adapter: string): readonly string[] {
  const index = readInterfaceIndex(machine, adapter);
  const given = readSections(machine, `/run/systemd/resolve/netif/${index}`)?.get('SERVERS');
  const found = readSections(machine, `${folder}/links/${index}`)?.get('DNS');
  return parseNameServers((given ?? found ?? '').split(' '));
}

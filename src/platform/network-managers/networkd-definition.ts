import { basename } from 'node:path';
import { listByEnding, listFolder, type Machine, readBytes } from '../machine.ts';
import { readSections, type Sections } from '../sections.ts';
import { readInterfaceIndex } from './interface-index.ts';
import { parseUnit, type UnitText } from './unit-text.ts';

/** What systemd-networkd does with an adapter: a .network file and its drop-ins, in the order in which they count. */
export interface NetworkdDefinition {
  readonly main: Fragment;
  readonly dropIns: readonly Fragment[];
}

export interface Fragment {
  readonly path: string;
  readonly unit: UnitText;
}

const runtimeFolder = '/run/systemd/netif';

/** Those of a name in an earlier folder take the place of those in a later one. */
/** How systemd's files write yes, and no. */
export const trueValues: readonly string[] = ['yes', 'true', 'on', '1', 'y', 't'];
export const falseValues: readonly string[] = ['no', 'false', 'off', '0', 'n', 'f'];

export const networkdFolders = [
  '/etc/systemd/network',
  '/run/systemd/network',
  '/usr/local/lib/systemd/network',
  '/usr/lib/systemd/network',
  '/lib/systemd/network',
] as const;

/** What systemd-networkd says of a link; undefined if it does not know it. */
export function readLinkState(machine: Machine, adapter: string): Sections | undefined {
  return readSections(machine, `${runtimeFolder}/links/${readInterfaceIndex(machine, adapter)}`);
}

/** The .network file that systemd-networkd applies to an adapter; undefined if there is none. */
export function networkFileOf(machine: Machine, adapter: string): string | undefined {
  return readLinkState(machine, adapter)?.get('NETWORK_FILE');
}

/** The lease that systemd-networkd has for an adapter, as sd-dhcp-client writes it down; undefined if there is none. */
export function readLease(machine: Machine, adapter: string): Sections | undefined {
  return readSections(machine, `${runtimeFolder}/leases/${readInterfaceIndex(machine, adapter)}`);
}

/** How many links a .network file is applied to. */
export function countLinksOf(machine: Machine, networkFile: string): number {
  const links = listFolder(machine, `${runtimeFolder}/links`);
  return links.filter(
    (link) => readSections(machine, `${runtimeFolder}/links/${link}`)?.get('NETWORK_FILE') === networkFile,
  ).length;
}

/** A .network file by its name, from the first folder that has one; undefined if none has, or it is empty: that masks it. */
export function definitionIn(machine: Machine, name: string): NetworkdDefinition | undefined {
  for (const folder of networkdFolders) {
    const path = `${folder}/${name}`;
    const text = readBytes(machine, path);
    if (text !== undefined) {
      return text === '' ? undefined : { main: { path, unit: parseUnit(text) }, dropIns: readDropIns(machine, name) };
    }
  }
  return undefined;
}

/** Undefined if systemd-networkd has not got the adapter, or by a file that we cannot read. */
export function readNetworkdDefinition(machine: Machine, adapter: string): NetworkdDefinition | undefined {
  const path = networkFileOf(machine, adapter);
  const text = path === undefined ? undefined : readBytes(machine, path);
  if (path === undefined || text === undefined) return undefined;
  return { main: { path, unit: parseUnit(text) }, dropIns: readDropIns(machine, basename(path)) };
}

/** The values of a setting, in order; those before an empty one do not count. */
export function valuesOf({ main, dropIns }: NetworkdDefinition, section: string, key: string): readonly string[] {
  const all = [main, ...dropIns]
    .flatMap(({ unit }) => unit.sections)
    .filter(({ name }) => name === section)
    .flatMap(({ settings }) => settings.filter((setting) => setting.key === key).map(({ value }) => value));
  return all.slice(all.lastIndexOf('') + 1);
}

function readDropIns(machine: Machine, networkFile: string): readonly Fragment[] {
  const folders = networkdFolders.map((folder) => `${folder}/${networkFile}.d`);
  const paths = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    for (const name of listByEnding(machine, folder, '.conf')) paths.set(name, `${folder}/${name}`);
  }
  return [...paths]
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([, path]) => ({ path, unit: parseUnit(readBytes(machine, path) ?? '') }));
}

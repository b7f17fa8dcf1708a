import { basename } from 'node:path';
import type { Adapter } from '../adapter.ts';
import { matchesGlob } from '../glob.ts';
import { listByEnding, type Machine, readLink } from '../machine.ts';
import { isRunning } from '../processes.ts';
import {
  definitionIn,
  type NetworkdDefinition,
  networkdFolders,
  readLinkState,
  trueValues,
  valuesOf,
} from './networkd-definition.ts';

/** Whether systemd-networkd runs and would take the adapter if it had a .network file: none says that it is to leave it alone. */
export function isFreeForNetworkd(machine: Machine, adapter: Adapter): boolean {
  if (!isRunning(machine, 'systemd-networkd')) return false;
  if (readLinkState(machine, adapter.name)?.get('ADMIN_STATE') !== 'unmanaged') return false;
  const names = new Set(networkdFolders.flatMap((folder) => listByEnding(machine, folder, '.network')));
  const first = [...names]
    .sort()
    .map((name) => definitionIn(machine, name))
    .find((definition) => definition !== undefined && matches(definition, adapter, machine));
  return first === undefined || !trueValues.includes(valuesOf(first, 'Link', 'Unmanaged').at(-1) ?? 'no');
}

/** By what is mostly matched by; what else a file asks for is taken as given. */
function matches(definition: NetworkdDefinition, { name, mac }: Adapter, machine: Machine): boolean {
  const driver = basename(readLink(machine, `/sys/class/net/${name}/device/driver`) ?? '');
  const asked = (key: string): readonly string[] =>
    valuesOf(definition, 'Match', key).flatMap((value) => value.split(/\s+/));
  const isAny = (key: string, test: (pattern: string) => boolean): boolean => {
    const patterns = asked(key);
    return patterns.length === 0 || patterns.some(test);
  };
  const hasMac = (pattern: string): boolean => pattern.toLowerCase() === mac;
  return (
    isAnyName(asked('Name'), name) &&
    isAny('MACAddress', hasMac) &&
    isAny('PermanentMACAddress', hasMac) &&
    isAny('Driver', (pattern) => driver === '' || matchesGlob(driver, pattern))
  );
}

/** A "!" before the first turns the list round. */
function isAnyName(patterns: readonly string[], name: string): boolean {
  if (patterns.length === 0) return true;
  const [first = ''] = patterns;
  if (!first.startsWith('!')) return patterns.some((pattern) => matchesGlob(name, pattern));
  return ![first.slice(1), ...patterns.slice(1)].some((pattern) => matchesGlob(name, pattern));
}

import { basename } from 'node:path';
import type { Adapter } from '../../../platform/adapter.ts';
import { type Machine, readLink, readText } from '../../../platform/machine.ts';
import {
  countLinksOf,
  type NetworkdDefinition,
  valuesOf,
} from '../../../platform/network-managers/networkd-definition.ts';
import { parseUnit } from '../../../platform/network-managers/unit-text.ts';
import type { Draft } from './draft.ts';

const [ownFolder] = ['/etc/systemd/network'] as const;

/** Whether a definition is for one adapter alone, now and whatever adapters come later. */
export function isForOneAdapter(definition: NetworkdDefinition, machine: Machine): boolean {
  const names = words(definition, 'Name');
  const macs = [...words(definition, 'MACAddress'), ...words(definition, 'PermanentMACAddress')];
  const isOneName = names.length === 1 && !/[*?[!]/.test(names[0] ?? '');
  return (isOneName || macs.length === 1) && countLinksOf(machine, definition.main.path) <= 1;
}

/** Where a definition of ours goes so that it is found before the former; undefined if no name sorts before that one's. */
export function ownPath({ name }: Adapter, former: NetworkdDefinition | undefined): string | undefined {
  const names = ['05', '00', '0', ''].map((prefix) => `${prefix}-hyperv-kvp-${name}.network`);
  const first = names.find((own) => former === undefined || own < basename(former.main.path));
  return first && `${ownFolder}/${first}`;
}

/** Has a definition match one adapter alone: by its name if it matched by names, else by its MAC address. */
export function narrow(draft: Draft, adapter: Adapter, machine: Machine): void {
  const names = draft.effectivePlaces('Match', 'Name');
  const macs = draft.effectivePlaces('Match', 'MACAddress');
  const isOneMac = macs.length === 1 && !/\s/.test(macs[0]?.setting.value ?? '');
  const key = names.length > 0 || isOneMac ? 'Name' : 'MACAddress';
  const [first, ...others] = key === 'Name' ? names : macs;
  const value = key === 'Name' ? adapter.name : adapter.mac;
  if (first === undefined) draft.add('Match', key, value);
  else draft.set(first, value);
  for (const place of others) draft.remove(place);
  if (key === 'Name') return;
  const isNarrow = ['Type', 'Kind', 'Driver'].some((other) => draft.places('Match', other).length > 0);
  if (!isNarrow) for (const [other, text] of kindOf(adapter, machine)) draft.add('Match', other, text);
}

/**
 * A definition for an adapter that nobody has. systemd-networkd takes away what another program has put there, so that it is in the
 * definition: `foreign`, as systemd.network(5) says it.
 */
export function newDefinition(path: string, adapter: Adapter, machine: Machine, foreign = ''): NetworkdDefinition {
  const kind = kindOf(adapter, machine).map(([key, value]) => `${key}=${value}\n`);
  const text = `# Written by hyperv-kvp for the Hyper-V host.\n[Match]\nMACAddress=${adapter.mac}\n${kind.join('')}\n[Network]\n${foreign}`;
  return { main: { path, unit: parseUnit(text) }, dropIns: [] };
}

/** VLANs, bridges and virtual functions may have the MAC address of the adapter beside them. */
function kindOf({ name }: Adapter, machine: Machine): readonly (readonly [string, string])[] {
  const driver = basename(readLink(machine, `/sys/class/net/${name}/device/driver`) ?? '');
  const isPlain = !/^DEVTYPE=/m.test(readText(machine, `/sys/class/net/${name}/uevent`) ?? '');
  return [...(isPlain ? [['Type', 'ether'] as const] : []), ...(driver === '' ? [] : [['Driver', driver] as const])];
}

function words(definition: NetworkdDefinition, key: string): readonly string[] {
  return [...new Set(valuesOf(definition, 'Match', key).flatMap((value) => value.split(/\s+/)))];
}

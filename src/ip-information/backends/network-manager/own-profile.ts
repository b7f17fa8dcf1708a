import type { Adapter } from '../../../platform/adapter.ts';
import { coverageOf, wiredSection } from './coverage.ts';
import { editSection } from './keyfile-text.ts';
import { newHash } from '../../../platform/new-hash.ts';

const profileFolder = '/etc/NetworkManager/system-connections';

/** Where a profile is that we make for an adapter. By its MAC address: names may be swapped at the next boot. */
export function ownPath({ mac }: Adapter): string {
  return `${profileFolder}/hyperv-kvp-${mac.replaceAll(':', '')}.nmconnection`;
}

/** The highest that a profile can have. */
export const highestPriority = 999;

/** A profile for an adapter that has none, without addresses. */
export function newProfile(adapter: Adapter): string {
  return [
    ...heading(adapter.name, profileUuid(adapter.mac)),
    '',
    '[ethernet]',
    `mac-address=${adapter.mac.toUpperCase()}`,
    '',
    '[ipv4]',
    'method=disabled',
    '',
    '[ipv6]',
    'method=auto',
    '',
  ].join('\n');
}

/** A profile for a site's script, which may bind an adapter to its name as the stock daemon does. */
export function namedProfile({ name }: Adapter): string {
  return [...heading(name, profileUuid(name)), `interface-name=${name}`, ''].join('\n');
}

function heading(name: string, uuid: string): readonly string[] {
  return [
    '# Written by hyperv-kvp for the Hyper-V host.',
    '[connection]',
    `id=hyperv-kvp ${name}`,
    `uuid=${uuid}`,
    'type=ethernet',
    `autoconnect-priority=${highestPriority}`,
  ];
}

/** A copy of a profile that goes before it, for one adapter. */
export function copyFor(adapter: Adapter, text: string): string {
  const named = editSection(
    text,
    'connection',
    [
      ['id', `hyperv-kvp ${adapter.name}`],
      ['uuid', profileUuid(adapter.mac)],
      ['autoconnect-priority', `${highestPriority}`],
    ],
    (key) => ['multi-connect', 'autoconnect', 'timestamp'].includes(key),
  );
  return boundTo(adapter, named);
}

/** A profile that is for one adapter only: as it was bound before, or else by the MAC address besides. */
export function boundTo(adapter: Adapter, text: string): string {
  if (coverageOf(text, adapter) === 'alone') return text;
  return editSection(text, wiredSection(text), [['mac-address', adapter.mac.toUpperCase()]], () => false);
}

const uuidNamespace = 'hyperv-kvp connection ';
const uuidGroups = /^(.{8})(.{4}).(.{3}).(.{3})(.{12}).*$/;

/** The same for the same adapter at all times; a name-based UUID in form. */
export function profileUuid(adapter: string): string {
  const digest = newHash('sha256')
    .update(uuidNamespace + adapter)
    .digest('hex');
  return digest.replace(uuidGroups, '$1-$2-5$3-8$4-$5');
}

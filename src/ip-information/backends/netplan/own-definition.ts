import type { Adapter } from '../../../platform/adapter.ts';
import { type Location, mergedSettings, type NetplanFile, ownFolder } from './files.ts';
import type { Rendered } from './renderer.ts';
import { blockText } from './yaml-text.ts';
import { isMap, listAt, mapAt, textAt, type Tree, type TreeMap, withKey } from './yaml-tree.ts';

/** Whether a definition is for one adapter alone, now and whatever adapters come later. */
export function isForOneAdapter(settings: Tree): boolean {
  const match = isMap(settings) ? settings['match'] : undefined;
  // NetworkManager takes an empty one for all adapters.
  if (match === undefined) return true;
  const name = textAt(match, 'name');
  return textAt(match, 'macaddress') !== undefined || (name !== undefined && !/[*?[!]/.test(name));
}

/**
 * An id of ours, whose file the network manager finds before that of the former id; undefined if none sorts before that one's.
 * NetworkManager goes by the priority of profiles.
 */
export function ownId({ name }: Adapter, former: string | undefined): string | undefined {
  return ['0', ''].map((prefix) => `${prefix}-hyperv-kvp-${name}`).find((own) => former === undefined || own < former);
}

/** Where our file goes so that it comes after all others, whose scalars it may have to change. */
export function ownPath({ name }: Adapter, files: readonly NetplanFile[]): string {
  const names = ['90', 'zz', 'zzzz'].map((prefix) => `${prefix}-hyperv-kvp-${name}.yaml`);
  const others = files.filter((file) => !names.includes(file.name));
  const last = names.find((own) => others.every((file) => file.name < own)) ?? names.at(-1) ?? '';
  return `${ownFolder}/${last}`;
}

/** A copy of what the files say of the former definition, for one adapter; for one that nobody has, by its MAC address. */
export function ownSettings(
  adapter: Adapter,
  former: Location | undefined,
  files: readonly NetplanFile[],
  driver: string | undefined,
): TreeMap {
  if (former === undefined) return { match: { macaddress: adapter.mac, ...(driver !== undefined && { driver }) } };
  const settings = mapAt(mergedSettings(files, former));
  const match = mapAt(settings, 'match');
  const byName = match['macaddress'] === undefined && (match['name'] !== undefined || settings['match'] === undefined);
  const narrowed = byName
    ? { ...match, name: isPattern(match['name']) ? adapter.name : (match['name'] ?? adapter.name) }
    : { ...match, macaddress: match['macaddress'] ?? adapter.mac };
  return { match: narrowed, ...withKey(settings, 'match', undefined) };
}

function isPattern(name: Tree | undefined): boolean {
  return typeof name === 'string' && /[*?[!]/.test(name);
}

/** The text of our file. */
export function ownText(
  id: string,
  settings: TreeMap,
  former: Location | undefined,
  files: readonly NetplanFile[],
  rendered: Rendered | undefined,
): string {
  const network = {
    version: '2',
    ethernets: { [id]: rendered?.by === 'network-manager' ? withPriority(settings, files, former) : settings },
    ...(former && attached(id, former, files)),
  };
  return `# Written by hyperv-kvp for the Hyper-V host.\n${blockText({ network })}`;
}

/** VLANs and VRFs name what they are on by its id: now it is ours. */
function attached(id: string, former: Location, files: readonly NetplanFile[]): TreeMap {
  const of = (kind: string, change: (settings: Tree) => TreeMap | undefined): TreeMap =>
    Object.fromEntries(
      files.flatMap(({ tree }) =>
        Object.entries(mapAt(tree, 'network', kind)).flatMap(([name, settings]) => {
          const changed = change(settings);
          return changed === undefined ? [] : [[name, changed]];
        }),
      ),
    );
  const vlans = of('vlans', (settings) => (textAt(settings, 'link') === former.id ? { link: id } : undefined));
  const vrfs = of('vrfs', (settings) =>
    isMap(settings) && listAt(settings, 'interfaces').includes(former.id) ? { interfaces: [id] } : undefined,
  );
  return {
    ...(Object.keys(vlans).length > 0 && { vlans }),
    ...(Object.keys(vrfs).length > 0 && { vrfs }),
  };
}

/** So that our profile goes before the former one, which stays. */
function withPriority(settings: TreeMap, files: readonly NetplanFile[], former: Location | undefined): TreeMap {
  const renderer = former === undefined ? undefined : textAt(mergedSettings(files, former), 'renderer');
  return {
    ...(renderer !== undefined && { renderer }),
    ...withKey(settings, 'renderer', undefined),
    networkmanager: { passthrough: { 'connection.autoconnect-priority': '999' } },
  };
}

import { listByEnding, type Machine, readBytes, readText } from '../../../platform/machine.ts';
import { cloudInitsHeading } from '../cloud-init.ts';
import { readYaml, type YamlFile } from './patch-yaml.ts';
import { mapAt, merged, type Tree } from './yaml-tree.ts';

/** A file of netplan's that counts. */
export interface NetplanFile extends YamlFile {
  readonly path: string;
  /** What orders it among the others, whatever their folders. */
  readonly name: string;
  /** Whether somebody writes it at each boot. */
  readonly isGenerated: boolean;
}

export const ownFolder = '/etc/netplan';

/** A file of a name takes the place of that in a later folder. */
const folders = ['/run/netplan', ownFolder, '/usr/lib/netplan', '/lib/netplan'];

/** In netplan's order, and the paths of those that cannot be read, of which netplan may read more than we do. */
export async function readNetplanFiles(
  machine: Machine,
): Promise<{ readonly files: readonly NetplanFile[]; readonly unread: readonly string[] }> {
  const files: NetplanFile[] = [];
  const unread: string[] = [];
  for (const [name, path] of netplanPaths(machine)) {
    const text = readBytes(machine, path) ?? '';
    const file = await readYaml(text);
    if (file === undefined) unread.push(path);
    else files.push({ ...file, path, name, isGenerated: isGenerated(path, text) });
  }
  return { files, unread };
}

/** Whether there is anything for netplan to do. */
export function hasNetplanFiles(machine: Machine): boolean {
  return netplanPaths(machine).some(([, path]) =>
    /^[ \t\uFEFF]*["']?network["']?[ \t]*:/m.test(readText(machine, path) ?? ''),
  );
}

function netplanPaths(machine: Machine): readonly (readonly [name: string, path: string])[] {
  const paths = new Map<string, string>();
  for (const folder of folders.toReversed()) {
    for (const name of listByEnding(machine, folder, '.yaml')) paths.set(name, `${folder}/${name}`);
  }
  return [...paths].sort(([one], [other]) => (one < other ? -1 : 1));
}

/** Cloud-init says so in its file, whose name it has had in all releases; what is below /run is there for this boot. */
function isGenerated(path: string, text: string): boolean {
  return path.startsWith('/run/') || path.endsWith('-cloud-init.yaml') || text.includes(cloudInitsHeading);
}

/** A definition of an adapter: by its kind, such as "ethernets", and its id. */
export interface Location {
  readonly kind: string;
  readonly id: string;
}

export function settingsIn({ tree }: Pick<NetplanFile, 'tree'>, { kind, id }: Location): Tree | undefined {
  return mapAt(tree, 'network', kind)[id];
}

/** Where an id is defined; undefined if it is nowhere. */
export function locate(files: readonly NetplanFile[], id: string): Location | undefined {
  const kinds = files.flatMap(({ tree }) =>
    Object.keys(mapAt(tree, 'network')).filter((kind) => Object.hasOwn(mapAt(tree, 'network', kind), id)),
  );
  const [kind] = kinds;
  return kind === undefined ? undefined : { kind, id };
}

/** All that the files say of a definition. */
export function mergedSettings(files: readonly NetplanFile[], location: Location): Tree {
  return files.reduce<Tree>((former, file) => {
    const own = settingsIn(file, location);
    return own === undefined ? former : merged(former, own);
  }, {});
}
